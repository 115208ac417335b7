// Cells that a register counts: its number is taken with one press, one by one or all that are still empty.

import { spelledOut } from "./choosing.js";

export const BOOKS = "so";

// Every counted cell with the number of its register.
export function countedIn(form, fields) {
  const buttons = [...form.querySelectorAll("button[data-number]")];
  return buttons.map((button) => [fields.get(button.value), button.dataset.number]).filter(([field]) => field);
}

export function take(button, fields, write) {
  const field = fields.get(button.value);
  write([[field, button.dataset.number]], `Đã lấy số của sổ cho ${button.value}.`);
  field.element.focus();
}

// The button stands where the cell says something else than the register, the tag where it says the same.
export function showCounted(form, fields) {
  let empty = 0;
  for (const button of form.querySelectorAll("button[data-number]")) {
    const field = fields.get(button.value);
    if (!field) continue;
    const isSame = spelledOut(field.text.trim()) === spelledOut(button.dataset.number);
    button.hidden = isSame;
    form.querySelector(`[data-same-as="${CSS.escape(button.value)}"]`).hidden = !isSame;
    if (!field.isAnswered()) empty += 1;
  }
  const notice = form.querySelector(".from-books");
  if (!notice) return;
  notice.hidden = empty === 0;
  notice.querySelector("[data-books-left]").textContent = empty;
}
