// The report grid under the fingers: <form data-grid> with .entry inputs (name = cell key) and .answer selects (name = key + ".state").
// Arrows and Enter move, a block from Excel pastes, a sign answers in one key. Without this file every cell is an ordinary field.
// After each change of a cell the form receives "kheo:cell" with detail {key, state, text}: autosave listens to it.

const SIGNS = { "-": "zero", "–": "zero", "x": "na", "X": "na", "?": "blank", "…": "blank", "...": "blank" };
const ZERO = /^0+$/;

const inputsOf = (form) => [...form.querySelectorAll(".entry input[name]")];
const stateOf = (form, key) => form.elements[`${key}.state`] ?? null;

function grouped(text) {
  const plain = text.trim();
  return /^[0-9]{4,15}$/.test(plain) ? plain.replace(/\B(?=([0-9]{3})+$)/g, ".") : plain;
}

// "1.204,5" as a number; NaN for anything that is not plainly one (the server says why).
function valueOf(text) {
  const plain = text.trim();
  return /^([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,[0-9]+)?$/.test(plain) ? Number(plain.replaceAll(".", "").replace(",", ".")) : NaN;
}

function showTotals(form) {
  for (const total of form.querySelectorAll("output[data-total-of]")) {
    const parts = inputsOf(form).filter((input) => input.name.startsWith(`${total.dataset.totalOf}.`));
    const values = parts.filter((part) => part.value.trim() !== "").map((part) => valueOf(part.value));
    if (values.some(Number.isNaN)) total.textContent = "?";
    else total.textContent = values.length ? values.reduce((sum, value) => sum + value, 0).toLocaleString("vi-VN") : "";
  }
}

function tell(form, input, state) {
  input.closest("tr")?.classList.toggle("is-unanswered", state === "");
  form.dispatchEvent(new CustomEvent("kheo:cell", { bubbles: true, detail: { key: input.name, state, text: input.value } }));
}

// What was typed decides the answer: a number, zero, or one of the signs.
function takeText(form, input) {
  const select = stateOf(form, input.name);
  const sign = SIGNS[input.value.trim()];
  if (sign) return takeState(form, input, sign);
  input.value = grouped(input.value);
  const text = input.value.trim();
  let state = select?.value ?? "";
  if (text !== "") state = ZERO.test(text) ? "zero" : "number";
  else if (state === "number" || state === "zero") state = "";
  if (select) choose(select, state);
  tell(form, input, state);
}

function takeState(form, input, state) {
  const select = stateOf(form, input.name);
  if (select) choose(select, state);
  if (state === "zero") input.value = "0";
  else if (state !== "number" || ZERO.test(input.value.trim())) input.value = "";
  if (state === "number" && input.value === "") return input.focus();
  return tell(form, input, state);
}

// A grid may have no empty choice, then "not answered" stays "a number, still to come".
function choose(select, state) {
  const has = (value) => [...select.options].some((option) => option.value === value);
  if (has(state)) select.value = state;
  else if (state === "" && has("number")) select.value = "number";
}

function move(form, input, step) {
  const shown = inputsOf(form).filter((other) => !other.disabled && other.offsetParent !== null);
  const next = shown[shown.indexOf(input) + step];
  if (!next) return false;
  next.focus();
  next.select();
  return true;
}

// Lines of "code<tab>number" go to their cells by code; lines of numbers fill the cells downwards from here.
function paste(form, input, text) {
  const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t").map((part) => part.trim()));
  if (lines.length === 1 && lines[0].length === 1) return 0;
  const inputs = inputsOf(form).filter((other) => !other.disabled);
  const byKey = new Map(inputs.map((other) => [other.name, other]));
  const coded = lines.some((parts) => parts.length > 1 && byKey.has(parts[0]));
  const start = inputs.indexOf(input);
  const changed = [];
  lines.forEach((parts, index) => {
    const target = coded ? byKey.get(parts[0]) : inputs[start + index];
    const value = coded ? parts.at(-1) : parts[0];
    if (!target || value === "") return;
    target.value = value;
    changed.push(target);
  });
  for (const target of changed) takeText(form, target);
  return changed.length;
}

function say(text) {
  document.dispatchEvent(new CustomEvent("kheo:toast", { detail: text }));
}

for (const form of document.querySelectorAll("form[data-grid]")) {
  const entry = (event) => (event.target instanceof HTMLInputElement && event.target.closest(".entry") ? event.target : null);

  form.addEventListener("keydown", (event) => {
    const input = entry(event);
    if (!input || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    if (step && (move(form, input, step) || event.key === "Enter")) event.preventDefault();
  });
  form.addEventListener("paste", (event) => {
    const input = entry(event);
    const count = input ? paste(form, input, event.clipboardData?.getData("text") ?? "") : 0;
    if (count === 0) return;
    event.preventDefault();
    showTotals(form);
    say(`Đã dán ${count.toLocaleString("vi-VN")} ô`);
  });
  form.addEventListener("change", (event) => {
    const input = entry(event);
    if (input) takeText(form, input);
    else if (event.target instanceof HTMLSelectElement && event.target.name.endsWith(".state")) {
      const owner = form.elements[event.target.name.slice(0, -".state".length)];
      if (owner) takeState(form, owner, event.target.value);
    }
    showTotals(form);
  });
}
