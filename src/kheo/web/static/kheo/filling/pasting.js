// A block from a spreadsheet: lines that name their cell go there, other lines fill the rows downwards as they stand on the screen.

function linesOf(text) {
  return text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t").map((part) => part.trim()));
}

function rowsFrom(form, field) {
  const rows = [...form.querySelectorAll(".sheet tbody tr")].filter((row) => row.querySelector(".entry"));
  return rows.slice(rows.indexOf(field.row));
}

// Pairs [field, text] for a pasted text, or null when it is one plain value for the browser to paste.
export function placed(form, fields, field, text) {
  const lines = linesOf(text);
  if (lines.length === 1 && lines[0].length === 1) return null;
  const named = lines.map((parts) => [fields.get(parts.find((part) => fields.get(part)?.isCell)), parts.at(-1)]);
  if (named.some(([target]) => target)) return named.filter(([target, value]) => target && value !== "");
  const rows = rowsFrom(form, field);
  const pairs = lines.map((parts, index) => [fields.get(rows[index]?.querySelector("input")?.name), parts[0]]);
  return pairs.filter(([target, value]) => target && value !== "");
}

export function addPasting(form, fields, write) {
  form.addEventListener("paste", (event) => {
    const field = fields.get(event.target.name);
    const pairs = field?.isCell ? placed(form, fields, field, event.clipboardData?.getData("text") ?? "") : null;
    if (pairs === null) return;
    event.preventDefault();
    write(pairs, (count) => `Đã dán ${count} ô`);
  });
}
