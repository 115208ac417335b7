// Filing in the field. Whatever is filed is first kept on this machine and then sent, with or without a network: one way for both.

import { keepPageAtHand, keptAt } from "../../offline/at-hand.js";
import { Fields } from "./fields.js";
import { Items, newKey } from "./items.js";
import { reduced } from "./photo.js";
import { Sender } from "./sender.js";
import { Waiting } from "./waiting.js";

const form = document.querySelector("form[data-quick]");
const page = form.closest(".quick");
const { quick: register, person } = form.dataset;
const items = new Items(register, person);
const fields = new Fields(form, page.querySelector("[data-summary]"), `kheo-nhap:${register}.${person}`);
const absent = page.querySelector("[data-absent]");
const leave = form.querySelector("[data-leave-item]");
const shown = { photo: null, drawing: null, turn: 0 };
let held = null; // the item that is being changed

const sender = new Sender(form, items, (words, isSignedOut) => {
  waiting.say(words, isSignedOut);
  waiting.draw();
});
const waiting = new Waiting(page.querySelector("#cho-gui"), { items, sender, opens: open, drops: drop });

const place = form.querySelector("[data-photo]");
const shot = place?.querySelector(".shot");
const photoWords = place?.querySelector("[data-photo-words]");
const firstWords = photoWords?.textContent;

function showPhoto(photo, words = firstWords) {
  shown.photo = photo;
  if (!place) return;
  shot.hidden = !photo;
  shot.querySelector("img").hidden = !photo?.thumb;
  if (photo?.thumb) shot.querySelector("img").src = photo.thumb;
  photoWords.textContent = words;
}

async function take(input) {
  const [file] = input.files;
  if (!file) return;
  const mine = (shown.turn += 1);
  photoWords.textContent = "Đang thu nhỏ ảnh…";
  let photo = shown.photo;
  let words;
  try {
    photo = await reduced(file);
    words = `Đã có ảnh (${Math.ceil(photo.bytes.byteLength / 1024)} kB).`;
  } catch (fault) {
    words = fault.message;
  }
  if (mine !== shown.turn) return; // another was taken meanwhile, or another item is open
  showPhoto(photo, words);
  for (const each of place.querySelectorAll("input[type=file]")) each.value = ""; // the same photograph may be chosen again
}

if (place) {
  place.addEventListener("change", ({ target }) => {
    if (target.type === "file") shown.drawing = take(target);
  });
  // On a slow line somebody takes the photograph before this script is here, and no event told of it.
  for (const input of place.querySelectorAll("input[type=file]")) if (input.files.length) shown.drawing = take(input);
  place.querySelector("[data-no-photo]").addEventListener("click", () => showPhoto(null));
}

function clear() {
  fields.isOfItem = false;
  fields.clear();
  shown.turn += 1;
  showPhoto(null);
  held = sender.held = null;
  leave.hidden = true;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1"; // a second press while the photograph is drawn
  try {
    await shown.drawing;
    if (fields.tellMissing()) return;
    await keep();
  } finally {
    delete form.dataset.busy;
  }
});

async function keep() {
  const before = held ? await items.get(held) : null;
  const { photo } = shown;
  await items.put({
    key: before?.key ?? newKey(),
    person,
    register,
    filedAt: before?.filedAt ?? Date.now(),
    unit: form.elements.don_vi.value,
    ...fields.read(),
    photo: photo && { bytes: photo.bytes, type: photo.type, name: photo.name },
    thumb: photo?.thumb ?? "",
    state: "waiting",
  });
  clear();
  navigator.storage?.persist?.().catch(() => {}); // asked when there is something to keep
  await waiting.draw();
  waiting.place.focus();
  sender.failures = 0;
  sender.run();
}

async function open({ key }) {
  const item = await items.get(key);
  if (!item || sender.busyWith === key) return waiting.draw();
  clear();
  held = sender.held = key;
  leave.hidden = false;
  fields.isOfItem = true;
  const left = fields.write(item);
  showPhoto(item.photo && { ...item.photo, thumb: item.thumb }, item.photo ? "Ảnh đã chụp." : firstWords);
  const lost = left.map(([label, text]) => ({ key: "", message: `Sổ không hỏi “${label}” như cũ nữa; đã ghi: ${text}` }));
  fields.tell([...(item.problems ?? []), ...(item.message && !item.problems?.length ? [{ key: "", message: item.message }] : []), ...lost]);
  if (!page.querySelector(".error-summary")) form.scrollIntoView();
  return undefined;
}

async function drop({ key }) {
  await items.drop(key);
  if (held === key) clear();
  await waiting.draw();
}

leave.addEventListener("click", () => {
  clear();
  sender.run();
});

function tellAbsence() {
  const kept = keptAt();
  absent.hidden = navigator.onLine && !kept;
  const why = navigator.onLine ? "Máy chủ chưa trả lời." : "Đang không có mạng.";
  absent.querySelector("p").textContent = `${why} Anh/chị cứ ghi: mục ghi xong giữ trên máy này, có mạng sẽ tự gửi.`;
  const today = page.querySelector("[data-today]");
  if (kept && today) today.textContent = "Ngày ghi: ngày bấm Gửi.";
}

addEventListener("online", () => {
  tellAbsence();
  sender.failures = 0;
  sender.run();
});
addEventListener("offline", tellAbsence);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") sender.run();
});
addEventListener("beforeunload", (event) => {
  if ([...items.here.values()].some((each) => each.state !== "sent")) event.preventDefault();
});

keepPageAtHand();
tellAbsence();
waiting.draw();
sender.run();
