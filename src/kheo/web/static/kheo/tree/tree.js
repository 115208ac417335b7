// The list of units as a tree for the keyboard (WAI-ARIA Authoring Practices, Tree View). Without this file every row is two links.

import { letters } from "./letters.js";
import { first, following, go, last, preceding, screenful, stand } from "./moving.js";
import { keep, measure, nearness, pagesBelow, pagesFor, read } from "./pages.js";
import { isOpen, isStub, link, opener, pageOf, parent } from "./rows.js";

async function open(item) {
  const here = opener(item);
  if (!here || isOpen(item) || item.getAttribute("aria-busy") === "true") return;
  if (!pagesBelow.has(item)) {
    item.setAttribute("aria-busy", "true");
    const found = await read(here.dataset.branch, 0);
    item.removeAttribute("aria-busy");
    if (!found) return void location.assign(here.href);
    const group = item.appendChild(document.createElement("div"));
    group.setAttribute("role", "group");
    measure(pagesFor(pageOf(item).tree, item, group, found, here.dataset.branch));
  }
  item.lastElementChild.hidden = false;
  item.setAttribute("aria-expanded", "true");
}

function close(item) {
  item.lastElementChild.hidden = true;
  item.setAttribute("aria-expanded", "false");
}

const toggle = (item) => isOpen(item) ? close(item) : open(item);

async function enter(item) {
  const page = pageOf(item);
  if (isStub(item)) {
    const found = await read(page.address, page.from);
    if (found?.length) {
      page.isShown = false;
      page.isNear = true;
      keep(page, found);
      return stand(page.rows[0]);
    }
  }
  location.assign(link(item).href);
}

async function openAll(page) {
  for (const item of page.rows) await open(item);
}

function keys(tree) {
  const typing = letters();
  return (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    const below = isOpen(item) ? following(item) : null;
    const acts = {
      ArrowDown: () => go(following(item)),
      ArrowUp: () => go(preceding(item)),
      PageDown: () => go(screenful(item, following)),
      PageUp: () => go(screenful(item, preceding)),
      ArrowRight: () => isOpen(item) ? below?.page.above === item && go(below) : open(item),
      ArrowLeft: () => isOpen(item) ? close(item) : parent(item) && stand(parent(item)),
      Home: () => go(first(tree)),
      End: () => go(last(tree)),
      Enter: () => enter(item),
      "*": () => openAll(pageOf(item)),
    };
    const isLetter = event.key.length === 1 && !acts[event.key] && (event.key !== " " || typing.isOngoing());
    if (!acts[event.key] && !isLetter && event.key !== " ") return;
    event.preventDefault();
    if (tree.getAttribute("aria-busy") === "true") return;
    if (isLetter) return void typing.add(tree, item, event.key, event.timeStamp);
    typing.forget();
    if (event.key === " ") toggle(item);
    else acts[event.key]();
  };
}

function clicked(event) {
  const item = event.target.closest("[role=treeitem]");
  if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest(".node-more")) {
    event.preventDefault();
    enter(item);
  } else if (!event.target.closest(".node-name") && opener(item)) {
    event.preventDefault();
    stand(item);
    toggle(item);
  }
}

for (const tree of document.querySelectorAll("[data-tree]")) {
  tree.setAttribute("role", "tree");
  tree.setAttribute("aria-label", tree.dataset.tree);
  tree.nearness = nearness();
  measure(pagesFor(tree, null, tree, [...tree.firstElementChild.children], tree.dataset.below ?? ""));
  tree.here = pagesBelow.get(tree)[0].rows[0];
  tree.here.tabIndex = 0;
  tree.addEventListener("keydown", keys(tree));
  tree.addEventListener("click", clicked);
  const told = document.querySelector("[data-tree-keys]");
  if (told) told.hidden = false;
  const part = tree.dataset.below && document.querySelector("[data-tree-part]");
  if (part) part.hidden = true; // “1–100 of 20,000”: with this file all of them are there
}
