// The report page: brings cells, keys, saving and showing together. Without any of this the page is a plain form with a button.

import { addChoices, openChoices, showWords, spelledOut, ZERO } from "./choosing.js";
import { fieldsOf } from "./fields.js";
import { Keep } from "./keeping.js";
import { addKeys, followScrolling } from "./moving.js";
import { addPasting } from "./pasting.js";
import { Saver } from "./saving.js";
import { Show } from "./showing.js";

const AT_ONCE = 400; // after a cell is left
const PAUSE = 3000; // after the last key, while the cell is still being typed into

const form = document.getElementById("bao-cao");
const fields = fieldsOf(form);
const show = new Show(form, fields);
const keep = new Keep(form.dataset.draft);
const saver = new Saver(form, fields, { told: (...words) => show.status(...words), answered });

function answered(reply, sent) {
  for (const [target, text] of sent) {
    const field = fields.get(target);
    const conflict = reply.conflicts[target];
    if (reply.errors[target]) Object.assign(field, { refused: text, fault: { message: reply.errors[target] } });
    else if (conflict) field.fault = conflict;
    else field.take(field.isCell ? reply.values[target] : text, text);
    showWords(field);
  }
  keep.put(fields);
  show.answer(reply);
  for (const words of reply.lost) document.dispatchEvent(new CustomEvent("kheo:toast", { detail: words }));
  const left = saver.unsaved.filter((field) => !field.isWaiting).length;
  if (left) show.status("waiting", `Đã lưu lúc ${reply.saved_at}; còn ${left} chỗ chưa lưu, xem lời nhắc ở chỗ ấy`);
  else if (!saver.unsaved.length) show.status("saved", `Đã lưu lúc ${reply.saved_at}`);
}

function changed(field, pause) {
  if (field.fault && !field.fault.by && field.text !== field.refused) {
    field.fault = null;
    show.rows();
  }
  showWords(field);
  keep.put(fields);
  if (!field.isWaiting) return;
  if (!saver.failures && !saver.stopped) show.status("waiting", "Có thay đổi chưa lưu");
  saver.soon(pause);
}

function write(field, text) {
  field.text = text;
  changed(field, AT_ONCE);
}

// Writes many cells at once and offers to take it back.
function writeMany(pairs, words) {
  const before = pairs.map(([field]) => [field, field.text]);
  for (const [field, text] of pairs) field.text = spelledOut(text);
  for (const [field] of pairs) changed(field, AT_ONCE);
  offerUndo(words(pairs.length), () => before.forEach(([field, text]) => write(field, text)));
}

function offerUndo(words, undo) {
  document.getElementById("lay-lai")?.remove();
  const bar = document.createElement("p");
  bar.id = "lay-lai";
  bar.className = "undo";
  bar.setAttribute("role", "status");
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button secondary", textContent: "Hoàn tác" });
  button.addEventListener("click", () => {
    bar.remove();
    undo();
  });
  bar.append(`${words}. `, button);
  form.querySelector(".action-bar").prepend(bar);
}

function fillZeros(button) {
  const section = document.getElementById(button.value);
  const empty = [...fields.values()].filter((field) => field.isCell && section.contains(field.element) && !field.isAnswered());
  writeMany(empty.map((field) => [field, ZERO]), (count) => `Đã điền “không phát sinh” cho ${count} ô`);
}

form.addEventListener("input", (event) => {
  const field = fields.get(event.target.name);
  if (field) changed(field, PAUSE);
});
form.addEventListener("change", (event) => {
  const field = fields.get(event.target.name);
  if (!field) return;
  if (field.isCell) field.text = spelledOut(field.text);
  changed(field, AT_ONCE);
});
form.addEventListener("focusout", (event) => {
  const field = fields.get(event.target.name);
  if (field) setTimeout(() => field.settle());
});
form.addEventListener("kheo:decide", (event) => {
  const field = fields.get(event.target.name);
  const { text } = field.fault;
  field.fault = null;
  field.stored = field.accepted = text;
  if (event.detail === "theirs") field.text = text;
  show.rows();
  changed(field, 0);
  if (!saver.unsaved.length) show.status("saved", "Đã lưu");
  field.element.focus();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter?.name === "fill") fillZeros(event.submitter);
  else saver.again();
});
document.getElementById("xem-lai").addEventListener("click", async (event) => {
  if (!saver.unsaved.length) return;
  event.preventDefault();
  await saver.save();
  if (!saver.unsaved.length) window.location.assign(event.target.closest("a").href);
});
// A link to a place puts the cursor there, also when it came from another page.
const goTo = (hash) => fields.get(decodeURIComponent(hash.slice(1)))?.element.focus();
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest(".problems a, .error-summary a") : null;
  if (link) setTimeout(() => goTo(link.hash));
});
window.addEventListener("beforeunload", (event) => {
  if (saver.unsaved.length) event.preventDefault();
});
window.addEventListener("online", () => saver.failures && saver.again());
document.addEventListener("visibilitychange", () => document.hidden && saver.save({ leaving: true }));

followScrolling();
addChoices(fields, (field, text) => {
  write(field, text);
  field.element.focus();
});
addKeys(form, fields, {
  open: openChoices,
  restore(field) {
    Object.assign(field, { refused: null, fault: null });
    field.text = field.stored;
    show.rows();
    changed(field, 0);
    field.element.select();
  },
});
addPasting(form, fields, writeMany);
document.body.classList.add("is-live");
for (const field of fields.values()) showWords(field);
const restored = keep.restore(fields);
if (restored) {
  show.status("waiting", `Đã lấy lại ${restored} chỗ chưa lưu lần trước`);
  saver.soon(0);
}
if (window.location.hash) goTo(window.location.hash);
if (window.matchMedia("(max-width: 46rem)").matches) for (const folded of document.querySelectorAll(".folded")) folded.open = false;
