// The form of an entry: a field that is asked only of some entries appears when it is asked. Hidden, it is not sent.
import { unasked } from "./conditions.js";

function numberIn(text, decimals) {
  const bare = text.replace(/[.\s]/g, "");
  if (!/^\d+(,\d+)?$/.test(bare)) return undefined;
  const [whole, fraction = ""] = bare.split(",");
  return Number(whole + fraction.padEnd(decimals, "0"));
}

function dayIn(text) {
  const parts = text.trim().split("/");
  return parts.length === 3 ? `${parts[2]}-${parts[1].padStart(2, "0")}-${parts[0].padStart(2, "0")}` : undefined;
}

function valueOf(field) {
  const type = field.dataset.type;
  // What no hand changes any more stands as text, with what it holds in hidden inputs.
  const ticked = [...field.querySelectorAll("input:checked, input[type=hidden]")].map((each) => each.value);
  if (type === "choices") return ticked.length ? ticked : undefined;
  const control = field.querySelector("select, textarea, input:not([type=radio])");
  const text = ticked[0] ?? control?.value ?? "";
  if (!text.trim()) return undefined;
  if (type === "yes_no") return text === "co";
  if (type === "integer" || type === "money" || type === "decimal") return numberIn(text, Number(field.dataset.decimals || 0));
  return type === "day" ? dayIn(text) : text.trim();
}

function show(form) {
  const boxes = [...form.querySelectorAll("[data-field]")];
  const values = Object.fromEntries(boxes.map((box) => [box.dataset.field, valueOf(box)]));
  const hidden = unasked(boxes.map((box) => ({ key: box.dataset.field, conditions: JSON.parse(box.dataset.shownIf || "[]") })), values);
  for (const box of boxes) {
    if (!box.dataset.shownIf) continue;
    box.hidden = hidden.has(box.dataset.field);
    for (const control of box.querySelectorAll("input, select, textarea")) control.disabled = box.hidden;
  }
}

for (const form of document.querySelectorAll("[data-entry-form]")) {
  for (const words of form.querySelectorAll("[data-only-if]")) words.hidden = true;
  form.addEventListener("input", () => show(form));
  form.addEventListener("change", () => show(form));
  show(form);
}
