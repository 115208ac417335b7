// Draws what the server answered: how far, what is wrong where, what is computed. All as text, never as HTML.

import { EXPLAIN } from "./fields.js";

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const FEW = 8;

export class Show {
  constructor(form, fields) {
    Object.assign(this, { form, fields });
    this.checks = [];
    this.panel = document.getElementById("can-xem");
    this.labels = new Map([...fields.values()].map((field) => [field.target, this.labelOf(field)]));
  }

  labelOf(field) {
    const names = (field.element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.firstChild?.textContent ?? "");
    return `${field.target.split(".")[0]} ${names.join(" – ")}`;
  }

  status(state, words, changes = []) {
    const place = document.getElementById("trang-thai-luu");
    place.dataset.save = state;
    place.replaceChildren(words);
    if (changes.length) place.append(element("span", { class: "muted" }, ` ${changes.at(-1)}`));
    document.getElementById("luu").classList.toggle("is-wanted", state === "failed");
  }

  // What a paste could not place, line by line; gone with the next one that leaves nothing out.
  leftOut(lines) {
    document.getElementById("chua-dan")?.remove();
    if (!lines.length) return;
    const listed = lines.map((words) => element("li", {}, words));
    const close = element("button", { type: "button", class: "button secondary" }, "Đã rõ");
    const title = element("b", {}, `${lines.length} chỗ không dán được`);
    const box = element("div", { class: "left-out", id: "chua-dan", role: "alert" }, title, element("ul", {}, ...listed), close);
    close.addEventListener("click", () => box.remove());
    this.form.querySelector(".action-bar").prepend(box);
  }

  answer(reply) {
    document.querySelector("#da-nhap b").textContent = `${reply.count.answered}/${reply.count.of}`;
    for (const [key, text] of Object.entries(reply.computed)) {
      const place = document.getElementById(key);
      if (place) place.textContent = text;
    }
    for (const [part, { words, tone }] of Object.entries(reply.parts)) {
      const place = document.querySelector(`[data-part="${CSS.escape(part)}"]`);
      place.textContent = words;
      place.className = tone;
    }
    for (const [part, left] of Object.entries(reply.left)) this.left(part, left, reply.parts[part]);
    this.checks = reply.problems;
    this.problems(reply);
    this.rows(new Set(reply.unanswered));
  }

  left(part, count, { words }) {
    const button = this.form.querySelector(`button.fill[value="${CSS.escape(part)}"]`);
    const counter = this.form.querySelector(`[data-count="${CSS.escape(part)}"]`);
    if (words.includes("/")) counter.textContent = `${words} ô`;
    if (!button) return;
    button.hidden = count === 0;
    button.querySelector("[data-left]").textContent = count;
  }

  problems(reply) {
    const link = (target, words) => element("a", { href: `#${target}` }, words);
    const faults = [...this.fields.values()].filter((field) => field.fault);
    const listed = faults.map((field) => element("li", {}, link(field.target, this.unsaved(field))));
    for (const problem of reply.problems) {
      listed.push(element("li", ["question", "confirm"].includes(problem.severity) ? { class: "is-question" } : {}, link(problem.target, problem.message)));
    }
    const open = reply.unanswered.map((key) => element("li", {}, link(key, this.labels.get(key) ?? key)));
    const was = (selector) => this.panel.querySelector(selector)?.open;
    const cells = open.length ? [element("ul", {}, ...open)] : [];
    const nested = element("details", { class: "open-cells" }, element("summary", {}, `Xem ${open.length} ô chưa nhập`), ...cells);
    nested.open = was(".open-cells") ?? open.length <= FEW;
    const parts = listed.length ? [element("ul", {}, ...listed), ...(open.length ? [nested] : [])] : cells;
    const folded = element("details", { class: "folded" }, element("summary", {}, element("h2", {}, this.headline(reply.headline, faults.length))), ...parts);
    folded.open = was(".folded");
    this.panel.replaceChildren(folded);
    this.panel.className = `problems ${faults.length ? "is-error" : reply.tone}`;
  }

  headline(words, faults) {
    return faults ? `${faults} chỗ chưa lưu được, ${words[0].toLowerCase()}${words.slice(1)}` : words;
  }

  unsaved(field) {
    const place = field.isCell ? this.labels.get(field.target) : "Lời văn";
    return field.fault.by ? `${place}: ${field.fault.by} cũng vừa sửa, cần chọn một` : `${place}: chưa lưu được. ${field.fault.message}`;
  }

  // Marks and messages at the cells: a fault of what was typed comes before a check that does not hold.
  rows(unanswered = null) {
    for (const old of this.form.querySelectorAll("tr.problem, .words .field-error, .words .field-warning, .explaining .field-error")) old.remove();
    const checks = new Map([...this.checks].reverse().map((problem) => [problem.target, problem]));
    for (const field of this.fields.values()) {
      const check = checks.get(field.target);
      if (unanswered && field.row) field.row.classList.toggle("is-unanswered", unanswered.has(field.target) && !field.isUnsaved);
      if (field.target.startsWith(EXPLAIN) && !field.fault && check?.severity === "explain") continue; // its line asks already
      this.mark(field, field.fault ?? (field.isCell || field.text.trim() ? check : null));
    }
  }

  mark(field, problem) {
    const isQuestion = ["question", "confirm"].includes(problem?.severity);
    const place = field.row ?? field.element.closest(".words");
    place.classList.toggle(field.isCell ? "has-problem" : "has-error", Boolean(problem) && !isQuestion);
    if (field.isCell) place.classList.toggle("has-question", isQuestion || place.classList.contains("has-explaining"));
    field.element.toggleAttribute("aria-invalid", false);
    field.element.removeAttribute("aria-describedby");
    if (!problem) return;
    const id = `p-${field.target}`;
    if (!isQuestion) field.element.setAttribute("aria-invalid", "true");
    field.element.setAttribute("aria-describedby", id);
    const words = problem.by ? this.contest(field, problem) : [problem.message];
    if (field.isCell) {
      const cell = element("td", { colspan: String(place.closest("table").tHead.rows[0].cells.length - 1) }, ...words);
      place.after(element("tr", { class: isQuestion ? "problem is-question" : "problem", id }, cell, element("td", { class: "source" })));
    } else {
      field.element.before(element("p", { class: isQuestion ? "field-warning" : "field-error", id }, ...words));
    }
  }

  contest(field, { by, text }) {
    const button = (words, choice) => {
      const made = element("button", { type: "button", class: "button secondary" }, words);
      made.addEventListener("click", () => field.element.dispatchEvent(new CustomEvent("kheo:decide", { bubbles: true, detail: choice })));
      return made;
    };
    if (!field.isCell) return [`${by} vừa sửa đoạn này.`, button("Giữ đoạn của tôi", "mine"), button("Lấy đoạn kia", "theirs")];
    const theirs = text || "để trống";
    return [`${by} vừa ghi “${theirs}”; anh/chị ghi “${field.text}”.`, button(`Giữ ${field.text || "ô trống"}`, "mine"), button(`Lấy ${theirs}`, "theirs")];
  }
}
