// The list of what was filed on this machine: what waits, what is on its way, what was taken, what must be mended.

import { wordsOf } from "../../offline/at-hand.js";

const HERE_ONLY = {
  full: "Máy đã hết chỗ: mục này chỉ còn trong trang đang mở. Đừng tắt trang; xóa bớt ảnh hay ứng dụng, hoặc tìm chỗ có mạng để gửi.",
  refused: "Trình duyệt không cho giữ trên máy (cửa sổ ẩn danh, hoặc đã chặn lưu dữ liệu): mục này chỉ còn trong trang đang mở. Đừng tắt trang.",
};

function made(kind, words = "", className = "") {
  const element = document.createElement(kind);
  element.textContent = words;
  if (className) element.className = className;
  return element;
}

function button(words, act) {
  const element = made("button", words, "button quiet");
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

export class Waiting {
  constructor(place, { items, sender, opens, drops }) {
    Object.assign(this, { place, items, sender, opens, drops });
    this.list = place.querySelector("ul");
    this.words = place.querySelector("[data-waiting-words]");
    this.hint = place.querySelector("[data-kept-hint]");
  }

  say(words, isSignedOut = false) {
    this.words.textContent = words;
    if (!isSignedOut) return;
    const link = made("a", "Đăng nhập");
    link.href = `/tai-khoan/dang-nhap/?next=${location.pathname}`;
    this.words.append(" ", link);
  }

  async draw() {
    const all = await this.items.all();
    this.list.replaceChildren(...all.map((item) => this.row(item)).reverse());
    this.hint.hidden = !all.some((each) => each.state !== "sent");
    this.place.hidden = !all.length;
    return all;
  }

  row(item) {
    const row = made("li");
    row.dataset.item = item.state;
    if (item.thumb) row.append(Object.assign(document.createElement("img"), { src: item.thumb, alt: "", width: 64, height: 64 }));
    const told = made("div");
    told.append(made("b", item.title), made("small", `Ghi lúc ${wordsOf(new Date(item.filedAt))}`), ...this.standing(item));
    const acts = made("p", "", "kept-acts");
    if (item.state === "waiting" || item.state === "refused") acts.append(...this.changes(item));
    if (item.url) acts.append(Object.assign(made("a", "Mở hồ sơ"), { href: item.url }));
    if (item.state === "differs") acts.append(button("Đã sửa xong", () => this.drops(item)));
    told.append(acts);
    row.append(told);
    return row;
  }

  standing(item) {
    const tag = made("span", "", "tag");
    const lines = [tag];
    const isSending = this.sender.busyWith === item.key;
    if (item.state === "waiting") {
      tag.textContent = isSending ? "Đang gửi" : "Chờ gửi";
      tag.dataset.state = "draft";
    } else if (item.state === "refused") {
      tag.textContent = "Chưa nhận";
      tag.dataset.state = "returned";
      const why = item.problems.length ? item.problems.map((each) => each.message) : [item.message];
      lines.push(...why.map((words) => made("span", words, "why")));
    } else {
      tag.textContent = `Đã gửi: ${item.code}`;
      tag.dataset.state = "accepted";
      lines.push(...item.notes.map((words) => made("span", words, "why")));
      if (item.words) lines.push(...item.words.map(([label, text]) => made("span", `${label}: ${text}`)));
    }
    if (this.items.here.has(item.key)) lines.push(made("span", HERE_ONLY[this.items.fault] ?? HERE_ONLY.refused, "why"));
    return lines;
  }

  changes(item) {
    if (this.sender.busyWith === item.key) return [];
    const throws = () => {
      if (window.confirm(`Bỏ “${item.title}”? Mục này chưa gửi, bỏ là mất cả ảnh.`)) this.drops(item);
    };
    return [button("Mở sửa", () => this.opens(item)), button("Bỏ", throws)];
  }
}
