// Small comforts on every page. Everything essential works without this file.

const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;

// Menus close on Escape and on a click elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// <a href="/page-that-works-alone" data-opens="dialog-id"> opens a native dialog instead.
document.addEventListener("click", (event) => {
  const opener = closest(event, "[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog && typeof dialog.showModal === "function") {
    event.preventDefault();
    dialog.showModal();
  }
  const closer = closest(event, "[data-closes]");
  if (closer) closer.closest("dialog")?.close();
  if (event.target instanceof HTMLDialogElement && event.target.matches(".panel")) event.target.close();
});

// Signing out takes along what this machine keeps for opening without a network. Texts that were never sent stay, and are told of.
const UNSENT = /^kheo:(\d+|so\/[a-z0-9-]+)\.(\d+)$/; // of a report, or of a register: filling/keeping.js, registers/quick/items.js
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[action$='/dang-xuat/']")) return;
  const waiting = Object.keys(localStorage).filter((name) => UNSENT.test(name)).length;
  const words = "Trên máy này còn chỗ chưa gửi của một báo cáo hay sổ. Nếu đăng xuất, chúng chờ trên máy này đến lần đăng nhập sau. Vẫn đăng xuất?";
  if (waiting && !window.confirm(words)) event.preventDefault();
  else window.caches?.delete("kheo-pages");
});
// Whoever meets the sign-in page is nobody yet: nothing that is kept may be somebody else's.
if (document.querySelector("form[action$='/dang-nhap/']")) window.caches?.delete("kheo-pages");

// What was typed without a network and never sent: the home page leads back to its report or register.
for (const place of document.querySelectorAll("[data-unsent]")) {
  for (const name of Object.keys(localStorage)) {
    const [, where, person] = name.match(UNSENT) ?? [];
    if (person !== place.dataset.unsent) continue;
    const count = Object.keys(JSON.parse(localStorage.getItem(name))).length;
    const isReport = /^\d+$/.test(where);
    const link = document.createElement("a");
    link.href = isReport ? `/bao-cao/${where}/` : `/${where}/ghi-tai-cho/`;
    link.textContent = isReport ? `Báo cáo có ${count} chỗ chưa gửi` : `${count} mục ghi tại chỗ chưa gửi`;
    const line = document.createElement("p");
    line.append(`Trên máy này còn chỗ chưa gửi; mở ${isReport ? "báo cáo" : "trang ghi tại chỗ"} là phần ấy tự gửi: `, link);
    place.append(line);
    place.hidden = false;
  }
}

// A form is sent once: the pressed button shows that it works, a second press does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[data-again]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy='true']")) button.removeAttribute("aria-busy");
});

// Ticking rows: <form data-picks> with checkboxes name="pick", [data-pick-all], [data-pick-count];
// what needs this script is [data-pick-tool] and hidden until it runs.
function countPicks(form) {
  const boxes = [...form.querySelectorAll("input[type=checkbox][name=pick]")];
  const picked = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr")?.classList.toggle("is-picked", box.checked);
  form.dataset.picked = picked.length; // where nothing is ticked the bar does not stand over the rows
  for (const place of form.querySelectorAll("[data-pick-count]")) {
    place.textContent = picked.length.toLocaleString("vi-VN");
    place.parentElement.hidden = picked.length === 0;
  }
  for (const all of form.querySelectorAll("[data-pick-all]")) {
    all.checked = picked.length > 0 && picked.length === boxes.length;
    all.indeterminate = picked.length > 0 && picked.length < boxes.length;
  }
  for (const button of form.querySelectorAll("[data-pick-needed]")) button.disabled = picked.length === 0;
}
document.addEventListener("change", (event) => {
  const form = closest(event, "form[data-picks]");
  if (!form) return;
  if (event.target.matches("[data-pick-all]")) {
    for (const box of form.querySelectorAll("input[type=checkbox][name=pick]")) box.checked = event.target.checked;
  }
  countPicks(form);
});
for (const form of document.querySelectorAll("form[data-picks]")) {
  for (const tool of form.querySelectorAll("[data-pick-tool]")) tool.hidden = false;
  countPicks(form);
}

// Length guide: <p class="length" data-length-of="field-id" data-most="3000">.
for (const guide of document.querySelectorAll("[data-length-of]")) {
  const field = document.getElementById(guide.dataset.lengthOf);
  const most = Number(guide.dataset.most);
  const show = () => {
    const left = most - [...field.value].length;
    guide.textContent = left >= 0 ? `Còn ${left.toLocaleString("vi-VN")} ký tự` : `Dài quá ${(-left).toLocaleString("vi-VN")} ký tự`;
    guide.classList.toggle("is-error", left < 0);
  };
  field?.addEventListener("input", show);
  if (field) show();
}

// Short words at the bottom of the screen: document.dispatchEvent(new CustomEvent("kheo:toast", {detail: "Đã chép"})).
document.addEventListener("kheo:toast", (event) => {
  const place = document.getElementById("toasts");
  if (!place) return;
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = event.detail;
  place.append(toast);
  setTimeout(() => toast.remove(), 6000);
});

// <div data-finds hidden> with a search field and a <p role="status">: narrows the .choice rows beside it, whatever the marks and case.
// What is ticked stays in sight, so that nobody leaves out a unit that they do not see.
const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/giu, "d").toLowerCase();
for (const finder of document.querySelectorAll("[data-finds]")) {
  const rows = [...finder.parentElement.querySelectorAll(":scope > .choice")];
  const field = finder.querySelector("input");
  const narrow = () => {
    const words = bare(field.value).split(/\s+/).filter(Boolean);
    const fits = rows.filter((row) => words.every((word) => bare(row.textContent).includes(word)));
    for (const row of rows) row.hidden = !fits.includes(row) && !row.querySelector("input").checked;
    finder.querySelector("[role=status]").textContent = words.length ? `${fits.length} đơn vị khớp` : "";
  };
  finder.hidden = false;
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}

// Print buttons are there only where a script can print.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// After a refused form the reader starts at the list of what is wrong, or at what is asked back.
document.querySelector(".error-summary, [data-focus]")?.focus();

// From there a way leads into the field itself, also where it names the box around one, or one that is folded away. The way is turned
// to the field before the browser goes it: of a box the browser takes the focus away some frames later, and no script knows when.
document.addEventListener("click", (event) => {
  const way = event.target.closest(".error-summary a[href^='#']");
  const place = way && document.getElementById(decodeURIComponent(way.hash.slice(1)));
  const kinds = "input:not([type=hidden]), select, textarea";
  const field = place?.matches(kinds) ? place : place?.querySelector("input:checked") ?? place?.querySelector(kinds);
  if (!field) return;
  for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  if (field.id) way.hash = encodeURIComponent(field.id);
  setTimeout(() => field.focus());
});
