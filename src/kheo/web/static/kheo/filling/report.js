// The report page: brings cells, keys, saving and showing together. Without any of this the page is a plain form with a button.

import { keepPageAtHand, keptAt } from "../offline/at-hand.js";
import { Absence } from "./absence.js";
import { addLastWords } from "./before.js";
import { addChoices, openChoices, showWords, spelledOut, ZERO } from "./choosing.js";
import { BOOKS, countedIn, showCounted, take } from "./counted.js";
import { explainRows } from "./explaining.js";
import { fieldsOf } from "./fields.js";
import { Keep, Since } from "./keeping.js";
import { addKeys, followScrolling } from "./moving.js";
import { addPasting } from "./pasting.js";
import { isAnswer, sendAnswer, showReplies } from "./replying.js";
import { Saver } from "./saving.js";
import { Show } from "./showing.js";
import { History } from "./undoing.js";

const AT_ONCE = 400; // after a cell is left
const PAUSE = 3000; // after the last key, while the cell is still being typed into

const form = document.getElementById("bao-cao");
const fields = fieldsOf(form);
const show = new Show(form, fields);
const keep = new Keep(form.dataset.draft);
const since = new Since(location.pathname);
const absence = new Absence(form, (field) => (field.isCell ? show.labels.get(field.target) : "Lời văn"));
const saver = new Saver(form, fields, { told, answered });
const history = new History(form, fields, write);

function told(...words) {
  show.status(...words);
  absence.show(saver.failures > 0 || !navigator.onLine, saver.unsaved);
}

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
  since.note(Object.fromEntries([...sent.keys()].filter((target) => !fields.get(target).isUnsaved).map((target) => [target, fields.get(target).stored])), reply);
  explainRows(reply.explain, fields);
  show.answer(reply);
  for (const words of reply.lost) document.dispatchEvent(new CustomEvent("kheo:toast", { detail: words }));
  showReplies(reply.replies);
  const left = saver.unsaved.filter((field) => !field.isWaiting).length;
  if (left) told("waiting", `Đã lưu lúc ${reply.saved_at}; còn ${left} chỗ chưa lưu, xem lời nhắc ở chỗ ấy`);
  else if (!saver.unsaved.length) told("saved", `Đã lưu lúc ${reply.saved_at}`);
}

function changed(field, pause) {
  if (field.fault && !field.fault.by && field.text !== field.refused) {
    field.fault = null;
    show.rows();
  }
  showWords(field);
  showCounted(form, fields);
  keep.put(fields);
  if (saver.failures || !navigator.onLine) absence.show(true, saver.unsaved);
  if (!field.isWaiting) return;
  if (!saver.failures && !saver.stopped) show.status("waiting", "Có thay đổi chưa lưu");
  saver.soon(pause);
}

function write(field, text) {
  field.text = text;
  changed(field, AT_ONCE);
}

// Writes many cells at once; one step to take back.
function writeMany(pairs, words) {
  const steps = pairs.map(([field, text]) => ({ field, before: field.text, after: spelledOut(text) }));
  for (const { field, after } of steps) field.text = after;
  for (const { field } of steps) changed(field, AT_ONCE);
  history.note(steps, words);
}

function pasted(pairs, left) {
  writeMany(pairs, `Đã dán ${pairs.length} ô.`);
  show.leftOut(left);
}

function fillZeros(button) {
  const section = document.getElementById(button.value);
  const empty = [...fields.values()].filter((field) => field.isCell && section.contains(field.element) && !field.isAnswered());
  writeMany(empty.map((field) => [field, ZERO]), `Đã điền “không phát sinh” cho ${empty.length} ô.`);
}

function fillCounted() {
  const empty = countedIn(form, fields).filter(([field]) => !field.isAnswered());
  writeMany(empty, `Đã điền ${empty.length} ô từ sổ.`);
}

form.addEventListener("input", (event) => {
  const field = fields.get(event.target.name);
  if (field) changed(field, PAUSE);
});
form.addEventListener("change", (event) => {
  const field = fields.get(event.target.name);
  if (!field) return;
  if (field.isCell) {
    field.text = spelledOut(field.text);
    history.left(field);
  }
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
  if (event.submitter?.name === "take") take(event.submitter, fields, writeMany);
  else if (event.submitter?.value === BOOKS) fillCounted();
  else if (event.submitter?.name === "fill") fillZeros(event.submitter);
  else if (isAnswer(event)) sendAnswer(form, saver, event.submitter);
  else saver.again();
});
document.getElementById("xem-lai").addEventListener("click", async (event) => {
  if (!navigator.onLine) {
    event.preventDefault();
    show.status("waiting", "Ký và nộp cần có mạng; những gì đã nhập vẫn còn");
    return;
  }
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
window.addEventListener("online", () => {
  if (saver.unsaved.length) saver.again();
  else absence.show(false, []);
});
window.addEventListener("offline", () => absence.show(true, saver.unsaved));
document.addEventListener("visibilitychange", () => document.hidden && saver.save({ leaving: true }));

followScrolling();
addChoices(fields, (field, text) => {
  writeMany([[field, text]], "");
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
addLastWords(form, fields, writeMany);
addPasting(form, fields, { write: pasted, refuse: (words) => show.leftOut([words]) });
document.body.classList.add("is-live");
begin();

// A page from the worker's store is first brought up to what was last saved from here; then come the texts that were never saved.
async function begin() {
  const early = [...fields.values()].filter((field) => field.isTyped && field.isUnsaved);
  const reply = keptAt() ? await since.apply(fields) : null;
  if (reply) show.answer(reply);
  const restored = keep.restore(fields);
  for (const field of fields.values()) showWords(field);
  showCounted(form, fields);
  if (restored) {
    show.status("waiting", `Đã lấy lại ${restored} chỗ chưa lưu lần trước`);
    saver.soon(0);
  }
  // On a slow line somebody types before this script is here, and no event told of it.
  for (const field of early) changed(field, field.element === document.activeElement ? PAUSE : AT_ONCE);
  absence.show(Boolean(keptAt()) || !navigator.onLine, saver.unsaved);
  keepPageAtHand();
}

if (window.location.hash) goTo(window.location.hash);
if (window.matchMedia("(max-width: 46rem)").matches) for (const folded of document.querySelectorAll(".folded")) folded.open = false;
