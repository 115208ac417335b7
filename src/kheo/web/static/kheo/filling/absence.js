// Without a network: says so, shows what is not sent yet, and that it will be sent by itself. The worker keeps the page at hand.

import { keptAt, wordsOf } from "../offline/at-hand.js";

export class Absence {
  constructor(form, labelOf) {
    this.labelOf = labelOf;
    this.place = document.getElementById("chua-gui");
    this.title = this.place.querySelector("[data-absent-title]");
    this.text = this.place.querySelector("[data-absent-text]");
    this.list = this.place.querySelector("[data-absent-list]");
    this.was = false;
  }

  // `isAway`: nothing can be sent now.
  show(isAway, unsaved) {
    if (isAway) {
      this.title.textContent = navigator.onLine ? "Chưa gửi được lên máy chủ." : "Đang không có mạng.";
      this.text.textContent = this.wordsFor(unsaved.length);
      this.list.replaceChildren(...unsaved.map((field) => this.item(field)));
      this.list.parentElement.hidden = !unsaved.length;
      this.list.parentElement.querySelector("summary").textContent = `Xem ${unsaved.length} chỗ chưa gửi`;
    } else if (this.was) {
      document.dispatchEvent(new CustomEvent("kheo:toast", { detail: "Đã có mạng lại, mọi chỗ đã được gửi." }));
    }
    this.place.hidden = !isAway;
    this.was = isAway;
  }

  wordsFor(count) {
    const kept = keptAt();
    const old = kept ? `Trang này là bản giữ trên máy lúc ${wordsOf(kept)}. ` : "";
    const rest = count ? `${count} chỗ đang giữ trên máy này và sẽ tự gửi khi có mạng; tắt máy cũng không mất.` : "Mọi chỗ đã gửi xong.";
    return `${old}Anh/chị cứ nhập tiếp. ${rest} Ký và nộp thì phải có mạng.`;
  }

  item(field) {
    const link = document.createElement("a");
    link.href = `#${field.target}`;
    const text = field.isCell ? field.text || "để trống" : `${[...field.text].length} ký tự`;
    link.textContent = `${this.labelOf(field)}: ${text}`;
    const item = document.createElement("li");
    item.append(link);
    return item;
  }
}
