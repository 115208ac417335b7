// Sends what waits, one message at a time; after a failure tries again by itself, later and later.

import { isBusy, isSignedOut, pauseAfter, post } from "../offline/sending.js";
import { EXPLAIN, SECTION } from "./fields.js";

export class Saver {
  constructor(form, fields, { told, answered }) {
    Object.assign(this, { form, fields, told, answered });
    this.timer = null;
    this.running = null;
    this.failures = 0;
    this.stopped = false;
  }

  get unsaved() {
    return [...this.fields.values()].filter((field) => field.isUnsaved);
  }

  soon(milliseconds) {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  // Resolves when nothing waits any more, or when saving failed.
  async save({ leaving = false } = {}) {
    clearTimeout(this.timer);
    if (this.running) {
      await this.running;
      return this.stopped || this.failures ? undefined : this.save({ leaving });
    }
    const waiting = [...this.fields.values()].filter((field) => field.isWaiting);
    if (!waiting.length) return undefined;
    this.running = this.send(waiting, leaving).finally(() => (this.running = null));
    await this.running;
    return this.failures || this.stopped ? undefined : this.save({ leaving });
  }

  async send(waiting, leaving) {
    const sent = new Map(waiting.map((field) => [field.target, field.text]));
    const body = { cells: {}, sections: {}, explanations: {} };
    for (const field of waiting) {
      const texts = field.target.startsWith(EXPLAIN) ? body.explanations : body.sections;
      const place = field.isCell ? body.cells : texts;
      place[field.target.replace(SECTION, "").replace(EXPLAIN, "")] = { before: field.stored, after: field.text };
    }
    this.told("saving", "Đang lưu…");
    let response;
    try {
      const headers = { "Content-Type": "application/json" };
      response = await post(this.form, this.form.dataset.save, { headers, body: JSON.stringify(body), keepalive: leaving });
    } catch {
      return this.later("Chưa lưu được: mất mạng. Số còn giữ trên máy này, sẽ tự thử lại.");
    }
    if (isSignedOut(response)) return this.stop("Chưa lưu được: đã hết phiên đăng nhập. Đăng nhập ở một thẻ khác rồi bấm Lưu.");
    if (isBusy(response)) return this.later("Chưa lưu được: máy chủ đang bận. Số còn giữ trên máy này, sẽ tự thử lại.");
    return this.take(response, sent);
  }

  async take(response, sent) {
    if (response.ok) {
      this.failures = 0;
      this.stopped = false;
      return this.answered(await response.json(), sent);
    }
    const reply = await response.json().catch(() => ({}));
    if (response.status === 409) return this.stop(`Chưa lưu được. ${reply.message}`, reply.changes);
    if (response.status === 403) return this.stop("Chưa lưu được: trang mở đã lâu. Tải lại trang; số chưa lưu vẫn còn.");
    if (response.status === 404) return this.stop("Chưa lưu được: anh/chị không còn nhập được báo cáo này.");
    return this.stop(reply.message ?? "Chưa lưu được. Tải lại trang; số chưa lưu vẫn còn.");
  }

  later(message) {
    const pause = pauseAfter(this.failures);
    this.failures += 1;
    this.told("failed", message);
    this.timer = setTimeout(() => this.again(), pause);
  }

  // Only a person can help: nothing more is sent until the button is pressed.
  stop(message, changes = []) {
    this.stopped = true;
    this.told("failed", message, changes);
  }

  again() {
    this.stopped = false;
    this.failures = 0;
    return this.save();
  }
}
