// Sends what waits, the oldest first, one at a time and in one tab; after a failure tries again by itself, later and later.

import { isBusy, isSignedOut, pauseAfter, post } from "../../offline/sending.js";

const PATIENCE = 90_000; // a photograph over a bad network
const AWAY = "Đang không có mạng; có mạng sẽ tự gửi.";
const BUSY = "Máy chủ đang bận; sẽ tự thử lại.";
const SIGNED_OUT = "Đã hết phiên đăng nhập. Hãy đăng nhập lại; các mục vẫn còn và sẽ tự gửi.";
const OLD_PAGE = "Trang này mở đã lâu. Hãy tải lại trang; các mục vẫn còn và sẽ tự gửi.";
const NO_MORE = "Anh/chị không còn ghi được vào sổ này.";
const TOO_LARGE = "Ảnh lớn quá; hãy chụp lại ảnh khác.";
const UNCLEAR = "Máy chủ trả lời không rõ. Hãy mở mục này, xem lại rồi gửi.";

export class Sender {
  // `told(words, isSignedOut)`: how it goes; `busyWith`: the item that is on its way; `held`: the one that somebody is changing.
  constructor(form, items, told) {
    Object.assign(this, { form, items, told });
    this.busyWith = null;
    this.held = null;
    this.failures = 0;
    this.timer = null;
    this.running = null;
    this.isAsked = false;
  }

  // Resolves when nothing is on its way any more. Asked while it runs, it runs once more: something was added meanwhile.
  run() {
    clearTimeout(this.timer);
    this.isAsked = true;
    this.running ??= this.rounds().finally(() => (this.running = null));
    return this.running;
  }

  async rounds() {
    while (this.isAsked) {
      this.isAsked = false;
      const pass = () => this.pass();
      if (navigator.locks) await navigator.locks.request("kheo-so", pass);
      else await pass();
    }
  }

  async pass() {
    let last = "";
    await this.items.keepAgain();
    for (const { key } of await this.items.all()) {
      const item = await this.items.get(key); // another tab may have thrown it away
      if (item?.state !== "waiting" || key === this.held) continue;
      this.busyWith = key;
      this.told("Đang gửi…");
      const words = await this.send(item);
      this.busyWith = null;
      if (words === null) return this.told(this.standstill, this.isSignedOut);
      this.failures = 0;
      last = words;
    }
    return this.told(last);
  }

  // What came of it, in words; null where nothing gets through, so that the next one need not try.
  async send(item) {
    let response;
    let reply;
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(), PATIENCE);
    try {
      response = await post(this.form, this.form.dataset.send, { body: bodyOf(item), headers: { Accept: "application/json" }, signal: stop.signal });
      if (response.type === "basic") reply = await response.json().catch(() => null);
    } catch {
      return this.later(navigator.onLine ? "Chưa gửi được lên máy chủ; sẽ tự thử lại." : AWAY);
    } finally {
      clearTimeout(patience);
    }
    if (isSignedOut(response)) return this.stop(SIGNED_OUT, true);
    if (isBusy(response)) return this.later(BUSY);
    if (response.status === 403) return this.stop(OLD_PAGE);
    if (reply?.state === "stranger") return this.stop(reply.message, true);
    if (response.ok && reply?.state === "sent") {
      await this.items.put(sentOf(item, reply));
      return `Đã gửi: ${reply.code}.`;
    }
    await this.items.put({ ...item, state: "refused", ...refusalOf(response, reply) });
    return "Có mục chưa nhận: xem lý do, bấm “Mở sửa”, rồi gửi lại.";
  }

  later(words) {
    this.timer = setTimeout(() => this.run(), pauseAfter(this.failures));
    this.failures += 1;
    return this.stop(words);
  }

  stop(words, isSignedOut = false) {
    Object.assign(this, { standstill: words, isSignedOut });
    return null;
  }
}

function bodyOf(item) {
  const body = new FormData();
  body.set("ma-may", item.key);
  body.set("cua-ai", item.person);
  body.set("truoc-day", String(Date.now() - item.filedAt));
  body.set("don_vi", item.unit);
  for (const [key, texts] of Object.entries(item.fields)) for (const text of texts) body.append(key, text);
  if (item.photo) body.set("anh-chup", new Blob([item.photo.bytes], { type: item.photo.type }), item.photo.name);
  return body;
}

function refusalOf(response, reply) {
  if (reply?.state === "refused") return { message: reply.message, problems: reply.problems };
  const message = { 404: NO_MORE, 413: TOO_LARGE }[response.status] ?? UNCLEAR;
  return { message, problems: [] };
}

// What was sent is not kept: only that it was, and under which code. Where an earlier text of it had arrived, the later one stays readable.
function sentOf({ key, person, register, filedAt, thumb, title, words }, { code, url, is_same: isSame, notes }) {
  const sent = { key, person, register, filedAt, thumb, title, sentAt: Date.now(), code, url, notes };
  return isSame ? { ...sent, state: "sent" } : { ...sent, state: "differs", words };
}
