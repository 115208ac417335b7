// The form of an entry: a field that is asked only of some entries appears when it is asked. Hidden, it is not sent.
import { holds } from "./conditions.js";

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
  const fields = [...form.querySelectorAll("[data-field]")];
  // A field that is hidden holds nothing, and another may hang on it: as often as it takes, at most once for each field.
  for (let round = 0; round < fields.length; round += 1) {
    const values = {};
    for (const field of fields) if (!field.hidden) values[field.dataset.field] = valueOf(field);
    let changed = false;
    for (const field of fields) {
      if (!field.dataset.shownIf) continue;
      const hidden = !holds(JSON.parse(field.dataset.shownIf), values);
      changed ||= hidden !== field.hidden;
      field.hidden = hidden;
      for (const control of field.querySelectorAll("input, select, textarea")) control.disabled = hidden;
    }
    if (!changed) return;
  }
}

for (const form of document.querySelectorAll("[data-entry-form]")) {
  for (const words of form.querySelectorAll("[data-only-if]")) words.hidden = true;
  form.addEventListener("input", () => show(form));
  form.addEventListener("change", () => show(form));
  show(form);
}
