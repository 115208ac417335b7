// The three answers that are no number: a sign typed into the cell, or the arrow at its end.

export const ZERO = "0";
export const BLANK = "chưa có số liệu";
export const NOT_APPLICABLE = "không áp dụng";

const SIGNS = { "-": ZERO, "–": ZERO, "?": BLANK, "…": BLANK, "...": BLANK, x: NOT_APPLICABLE, X: NOT_APPLICABLE, "×": NOT_APPLICABLE };
const CHOICES = [
  [ZERO, "0 – không phát sinh"],
  [BLANK, "? – chưa có số liệu"],
  [NOT_APPLICABLE, "x – không áp dụng"],
  ["", "Xóa, trả lời sau"],
];

// What a sign stands for, as soon as the cell is left; everything else the server reads.
export function spelledOut(text) {
  return SIGNS[text.trim()] ?? text;
}

export function showWords(field) {
  if (field.isCell) field.element.classList.toggle("is-words", field.text === BLANK || field.text === NOT_APPLICABLE);
}

// The browser's own list stands at the end of every cell: big under a thumb, and known to everybody.
export function addChoices(fields, choose) {
  const list = document.createElement("select");
  list.tabIndex = -1;
  list.append(new Option("", "-", true, true));
  list.options[0].hidden = true;
  for (const [value, words] of CHOICES) list.append(new Option(words, value));
  for (const field of fields.values()) {
    if (!field.isCell) continue;
    const own = list.cloneNode(true);
    own.setAttribute("aria-label", "Trả lời không có số");
    own.setAttribute("aria-describedby", field.element.getAttribute("aria-labelledby"));
    own.addEventListener("change", () => {
      const value = own.value;
      own.value = "-";
      choose(field, value);
    });
    field.element.removeAttribute("list");
    field.element.after(own);
  }
}

export function openChoices(field) {
  const list = field.element.nextElementSibling;
  if (!(list instanceof HTMLSelectElement)) return;
  list.focus();
  if (typeof list.showPicker === "function") list.showPicker();
}
