// Of 20,000 units below one only those near the screen are in the document. Rows are kept in pages of a hundred; a page that is far away
// leaves its height behind and comes back, or is read, when it draws near.

import { dress, link, isStub, pageOf, parent, spots } from "./rows.js";

const PAGE = 100;
const NEAR = "1500px 0px"; // about two screens: nothing is empty while an arrow key is held down
const STILL = 60; // ms that a page stays near before it is read: whoever drags the scroll bar passes by hundreds

export const pagesBelow = new WeakMap(); // row or tree → the pages below it, once it was opened
const pageShownBy = new WeakMap(); // list in the document → its page

// `address`: where rows below a unit are read from; "" where they cannot be read (the top of a line): then the last row is a link.
export function pagesFor(tree, above, holder, first, address) {
  const start = first.length ? Number(first[0].dataset.place) - 1 : 0;
  const total = first.length ? Number(first[0].dataset.of) : 0;
  const count = address ? Math.ceil((total - start) / PAGE) : 1;
  const made = [];
  for (let index = 0; index < Math.max(count, 1); index += 1) {
    const list = holder.children[index] ?? holder.appendChild(document.createElement("ul"));
    list.setAttribute("role", "none");
    const from = start + index * PAGE;
    const page = { tree, above, list, from, count: Math.min(total - from, PAGE), address, rows: null, coming: null, isNear: false, isShown: false };
    page.before = made.at(-1) ?? null;
    page.after = null;
    if (page.before) page.before.after = page;
    made.push(page);
    pageShownBy.set(list, page);
  }
  made[0].isNear = true;
  keep(made[0], first);
  pagesBelow.set(above ?? tree, made);
  return made;
}

// Once the first page stands in the document its height says how much room the others will need.
export function measure(made) {
  const high = made[0].list.offsetHeight / made[0].count;
  for (const page of made) {
    if (!page.isShown) page.list.style.blockSize = `${Math.round(high * page.count)}px`;
    page.tree.nearness.observe(page.list);
  }
}

export function keep(page, found) {
  const isRead = (item) => !link(item).matches(".node-more") || isStub(item);
  const rows = page.address && page.after ? found.filter(isRead) : found;
  rows.forEach(dress);
  rows.forEach((item, index) => spots.set(item, { page, index }));
  page.rows = rows;
  page.count = rows.length;
  if (page.isNear) show(page);
}

export function show(page) {
  if (page.isShown) return;
  page.list.replaceChildren(...page.rows);
  if (!page.rows.some(isStub)) page.list.style.blockSize = ""; // else the room stays, or the next page would draw near and fail as well
  page.isShown = true;
}

// The row on which the focus stands or will stand is never taken out, nor anything above it.
function isHeld(page) {
  for (let item = page.tree.here; item; item = parent(item)) if (pageOf(item) === page) return true;
  return false;
}

function hide(page, height) {
  if (!page.isShown || isHeld(page)) return;
  page.list.replaceChildren();
  page.list.style.blockSize = `${height}px`;
  page.isShown = false;
}

function whenNear(entries) {
  for (const { target, isIntersecting, boundingClientRect } of entries) {
    const page = pageShownBy.get(target);
    if (!target.isConnected || target.closest("[hidden]")) continue;
    page.isNear = isIntersecting;
    if (!isIntersecting) hide(page, boundingClientRect.height);
    else if (page.rows) show(page);
    else setTimeout(() => page.isNear && load(page), STILL);
  }
}

// Rows from the server, or null where it does not answer.
export async function read(address, start) {
  const where = new URL(address, location.href);
  where.searchParams.set("tu", start);
  const answer = await fetch(where, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  const holder = document.createElement("ul");
  holder.innerHTML = await answer.text();
  return [...holder.children];
}

// A page that cannot be read is one row that tries again, and then leads to the page of the program that shows the same units.
function stub(page) {
  const where = new URL(page.tree.dataset.whole, location.href);
  where.searchParams.set("mo", new URL(page.address, location.href).pathname.match(/\d+/)[0]);
  where.searchParams.set("trang", page.from / PAGE + 1);
  const first = pagesBelow.get(page.above ?? page.tree)[0].rows[0];
  const item = first.cloneNode(false);
  item.dataset.place = page.from + 1;
  const holder = item.appendChild(document.createElement("div"));
  holder.className = "node";
  const more = holder.appendChild(document.createElement("a"));
  more.className = "node-more";
  more.href = where.href;
  more.textContent = `Chưa tải được các đơn vị từ ${page.from + 1} đến ${page.from + page.count}. Thử lại`;
  more.dataset.again = "";
  return item;
}

export function load(page) {
  if (page.rows) return page.rows;
  page.coming ??= read(page.address, page.from).then((found) => {
    page.coming = null;
    keep(page, found ?? [stub(page)]);
  });
  return page.coming;
}

export const nearness = () => new IntersectionObserver(whenNear, { rootMargin: NEAR });
