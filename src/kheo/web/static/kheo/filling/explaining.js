// Lines of explanation under odd figures: they come and go with what the server asks after a save. Their fields are saved like all others.

import { EXPLAIN, Field } from "./fields.js";

function made(key, words) {
  const cell = document.getElementById(key).closest("tr");
  const row = document.createElement("tr");
  row.className = "explaining";
  const place = document.createElement("td");
  place.colSpan = cell.closest("table").tHead.rows[0].cells.length - 1;
  const label = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { id: EXPLAIN + key, name: EXPLAIN + key, maxLength: 500, autocomplete: "off" });
  label.htmlFor = input.id;
  label.textContent = words;
  place.append(label, input);
  const source = document.createElement("td");
  source.className = "source";
  row.append(place, source);
  let last = cell;
  while (last.nextElementSibling?.matches(".problem, .noted, .counted")) last = last.nextElementSibling;
  last.after(row);
  return input;
}

// Brings the lines of the page in step with the server's list; a line that holds something unsaved or has the cursor stays.
export function explainRows(asked, fields) {
  for (const [target, field] of fields) {
    if (!target.startsWith(EXPLAIN)) continue;
    const key = target.slice(EXPLAIN.length);
    const cell = document.getElementById(key).closest("tr");
    const isAsked = key in asked;
    cell.classList.toggle("has-explaining", isAsked);
    if (isAsked) field.row.querySelector("label").textContent = asked[key].words;
    else if (!field.isUnsaved && field.element !== document.activeElement) {
      field.row.remove();
      fields.delete(target);
    }
  }
  for (const [key, { words, text }] of Object.entries(asked)) {
    if (fields.has(EXPLAIN + key)) continue;
    const input = made(key, words);
    input.defaultValue = text;
    fields.set(input.name, new Field(input));
    document.getElementById(key).closest("tr").classList.add("has-explaining");
  }
}
