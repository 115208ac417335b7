// The fields of the page: read as they would be sent, written back from what was kept, told where something is missing or wrong.

const NOT_FIELDS = new Set(["csrfmiddlewaretoken", "ma-may", "don_vi", "anh-chup"]);

export class Fields {
  // `draft`: under which name this tab keeps what is being typed, for the day when the camera pushes the page out of memory.
  constructor(form, summary, draft) {
    Object.assign(this, { form, summary, draft });
    this.isOfItem = false; // what is shown is kept already, as an item
    this.restore();
    form.addEventListener("input", () => this.note());
    form.addEventListener("change", () => this.note());
    this.note(); // what was typed before this script was here
  }

  get boxes() {
    return [...this.form.querySelectorAll("[data-field]")];
  }

  // `fields`: by key, the texts; `words`: label and text as people read them; `title`: what the list calls it.
  read() {
    const fields = {};
    for (const [key, text] of new FormData(this.form)) if (!NOT_FIELDS.has(key) && typeof text === "string" && text.trim()) (fields[key] ??= []).push(text);
    const filled = this.boxes.filter((box) => fields[box.dataset.field]);
    const words = filled.map((box) => [labelOf(box), wordsIn(box)]);
    const named = filled.filter((box) => box.dataset.type !== "place").map(wordsIn);
    return { fields, words, title: named.join(" · ") };
  }

  // Puts kept texts back; gives [label, text] of those for which there is no place any more.
  write({ fields, words, unit }) {
    const left = [];
    for (const [key, texts] of Object.entries(fields)) {
      const box = this.boxes.find((each) => each.dataset.field === key);
      if (box) put(box, texts);
    }
    const units = this.form.elements.don_vi;
    if ([...(units.options ?? [])].some((each) => each.value === unit)) units.value = unit;
    this.form.dispatchEvent(new Event("input"));
    const now = this.read();
    for (const [label, text] of words) if (!now.words.some(([there, same]) => there === label && same === text)) left.push([label, text]);
    return left;
  }

  clear() {
    const unit = this.form.elements.don_vi.value;
    this.form.reset();
    for (const input of this.form.querySelectorAll("[data-field] input:checked")) input.checked = false;
    for (const input of this.form.querySelectorAll("[data-field] :is(input:not([type=radio], [type=checkbox]), select, textarea)")) input.value = "";
    this.form.elements.don_vi.value = unit;
    this.form.dispatchEvent(new Event("input"));
    this.tell([]);
  }

  // What the register needs at once and nobody filled in: told now, while the place is still in sight. Gives whether anything is.
  tellMissing() {
    const { fields } = this.read();
    const needed = this.form.dataset.needed.split(" ");
    const missing = this.boxes.filter((box) => !box.hidden && needed.includes(box.dataset.field) && !fields[box.dataset.field]);
    this.tell(missing.map((box) => ({ key: box.dataset.field, message: `Chưa điền “${labelOf(box)}”.` })));
    return missing.length > 0;
  }

  tell(problems) {
    for (const box of this.form.querySelectorAll(".has-error")) box.classList.remove("has-error");
    for (const words of this.form.querySelectorAll(".field-error")) words.remove();
    this.summary.replaceChildren();
    if (!problems.length) return;
    for (const { key, message } of problems) this.mark(key, message);
    this.summary.append(summaryOf(problems, this.form));
    this.summary.firstElementChild.focus();
  }

  mark(key, message) {
    const box = key && this.form.querySelector(`#o-${key}`);
    if (!box) return;
    const words = Object.assign(document.createElement("p"), { className: "field-error", textContent: message });
    box.classList.add("has-error");
    (box.querySelector("legend, label, .quick-label") ?? box.lastElementChild).after(words);
  }

  note() {
    if (this.isOfItem) return;
    try {
      const { fields } = this.read();
      if (Object.keys(fields).length) sessionStorage.setItem(this.draft, JSON.stringify(fields));
      else sessionStorage.removeItem(this.draft);
    } catch {
      // Not kept here: the page holds it as long as it is open.
    }
  }

  restore() {
    try {
      const fields = JSON.parse(sessionStorage.getItem(this.draft) ?? "{}");
      const here = this.read().fields;
      for (const box of this.boxes) if (fields[box.dataset.field] && !here[box.dataset.field]) put(box, fields[box.dataset.field]);
      this.form.dispatchEvent(new Event("input"));
    } catch {
      // Nothing that can be read.
    }
  }
}

const labelOf = (box) => (box.querySelector("legend, label").firstChild?.textContent ?? "").trim();

function wordsIn(box) {
  const chosen = [...box.querySelectorAll("input:checked")].map((each) => each.closest("label").textContent.trim());
  if (chosen.length) return chosen.join("; ");
  const select = box.querySelector("select");
  return select ? select.selectedOptions[0].textContent : box.querySelector("input, textarea").value.trim();
}

function put(box, texts) {
  const ticks = [...box.querySelectorAll("input[type=radio], input[type=checkbox]")];
  for (const each of ticks) each.checked = texts.includes(each.value);
  if (!ticks.length) box.querySelector("select, input, textarea").value = texts[0];
}

function summaryOf(problems, form) {
  const summary = Object.assign(document.createElement("div"), { className: "error-summary", tabIndex: -1 });
  summary.setAttribute("role", "alert");
  const list = document.createElement("ul");
  for (const { key, message } of problems) {
    const line = document.createElement("li");
    const isThere = key && form.querySelector(`#o-${key}`);
    line.append(isThere ? Object.assign(document.createElement("a"), { href: `#o-${key}`, textContent: message }) : message);
    list.append(line);
  }
  summary.append(Object.assign(document.createElement("h2"), { textContent: "Chưa gửi được" }), list);
  return summary;
}
