// A block from a spreadsheet. Lines that name their cell by its code go there, wherever that is; lines without codes fill the rows
// downwards as they stand on the screen. Nothing is left out in silence, and between two columns of numbers nobody guesses.

const ANSWER = /^(?:[-+]?[\d０-９][\d０-９.,\s]*%?|[-–—x×?…]|\.\.\.|không phát sinh|chưa có số liệu|không áp dụng)$/i;
const HEAD = /^(?:kỳ này|số liệu kỳ này|giá trị|số liệu)$/i;

// Lines of parts, as spreadsheets put them on the clipboard: a part with a line break or a tab in it stands in double quotes.
export function linesOf(text) {
  const lines = [[""]];
  let quoted = false;
  const plain = text.replace(/\r\n?/g, "\n");
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain[at];
    const parts = lines.at(-1);
    if (quoted && sign === '"' && plain[at + 1] === '"') at += 1;
    else if (sign === '"' && (quoted || parts.at(-1) === "")) {
      quoted = !quoted;
      continue;
    } else if (!quoted && sign === "\t") {
      parts.push("");
      continue;
    } else if (!quoted && sign === "\n") {
      lines.push([""]);
      continue;
    }
    parts[parts.length - 1] += sign;
  }
  while (lines.length > 1 && lines.at(-1).every((part) => !part.trim())) lines.pop();
  return lines.map((parts) => parts.map((part) => part.trim()));
}

function numberColumns(lines, besides) {
  const columns = new Set();
  for (const parts of lines) parts.forEach((part, column) => column !== besides && ANSWER.test(part) && columns.add(column));
  return [...columns].sort((one, other) => one - other);
}

// The one column that holds the answers; an object with the reason where that is not plain.
function answerColumn(lines, besides) {
  const headed = lines.map((parts) => parts.findIndex((part) => HEAD.test(part))).find((column) => column >= 0);
  if (headed !== undefined) return headed;
  const columns = numberColumns(lines, besides);
  if (columns.length < 2) return columns[0] ?? 0;
  const places = columns.map((column) => column + 1).join(", ");
  return { refused: `Vùng vừa chép có nhiều cột số (cột ${places}), không rõ lấy cột nào. Chép một cột số thôi, hoặc cột mã và một cột số.` };
}

function rowsFrom(form, field) {
  const rows = [...form.querySelectorAll(".sheet tbody tr")].filter((row) => row.querySelector(".entry"));
  return rows.slice(rows.indexOf(field.row));
}

// {pairs: [field, text], left: [words], refused: words}; null when it is one plain value for the browser to paste.
export function placed(form, fields, field, text) {
  const lines = linesOf(text);
  if (lines.length === 1 && lines[0].length === 1) return null;
  const cells = new Map([...fields.values()].filter((each) => each.isCell).map((each) => [each.target.toUpperCase(), each]));
  const codeColumn = lines.flatMap((parts) => parts.map((part, column) => (cells.has(part.toUpperCase()) ? column : -1))).find((column) => column >= 0);
  const column = answerColumn(lines, codeColumn ?? -1);
  if (column.refused) return { pairs: [], left: [], refused: column.refused };
  const place = codeColumn === undefined ? downwards(form, fields, field) : byCode(form, cells, codeColumn);
  const result = { pairs: [], left: [], refused: "" };
  lines.forEach((parts, index) => {
    const value = parts[column] ?? "";
    const { target, why } = place(parts, index);
    if (target && value) result.pairs.push([target, value]);
    else if (!target && (value || parts.some(Boolean)) && !parts.some((part) => HEAD.test(part))) {
      result.left.push(`Dòng ${index + 1} (${parts.filter(Boolean).join(" · ").slice(0, 80)}): ${why}`);
    }
  });
  return result;
}

function byCode(form, cells, column) {
  return (parts) => {
    const code = (parts[column] ?? "").toUpperCase();
    const target = cells.get(code);
    const computed = [...form.querySelectorAll("output[data-computed]")].some((each) => each.id.toUpperCase() === code);
    return { target, why: computed ? "ô này hệ thống tự tính, không nhập." : code ? `không có ô nhập nào mang mã ${code}.` : "không có mã ô." };
  };
}

function downwards(form, fields, field) {
  const rows = rowsFrom(form, field);
  const inputs = rows.map((row) => row.querySelector("input"));
  return (parts, index) => {
    const target = inputs[index] ? fields.get(inputs[index].name) : null;
    return { target, why: rows[index] ? "ô này hệ thống tự tính, không nhập." : "đã hết ô để dán xuống." };
  };
}

export function addPasting(form, fields, { write, refuse }) {
  form.addEventListener("paste", (event) => {
    const field = fields.get(event.target.name);
    const block = field?.isCell ? placed(form, fields, field, event.clipboardData?.getData("text") ?? "") : null;
    if (block === null) return;
    event.preventDefault();
    if (block.refused) refuse(block.refused);
    else write(block.pairs, block.left);
  });
}
