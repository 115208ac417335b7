// The list of units as a tree for the keyboard (WAI-ARIA Authoring Practices, Tree View). Without this file every row is two links.

const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/giu, "d").toLowerCase();
const node = (item) => item.firstElementChild;
const group = (item) => item.querySelector(":scope > ul");
const parent = (item) => item.parentElement.closest("[role=treeitem]");
const opener = (item) => node(item).querySelector(".node-open");
const link = (item) => node(item).querySelector(".node-name, .node-more");

function dress(item) {
  item.setAttribute("role", "treeitem");
  item.setAttribute("aria-level", item.dataset.level);
  item.setAttribute("aria-setsize", item.dataset.of);
  item.setAttribute("aria-posinset", item.dataset.place);
  item.setAttribute("aria-label", [...node(item).children].map((part) => part.firstChild?.textContent).filter(Boolean).join(", "));
  if (opener(item)) item.setAttribute("aria-expanded", "false");
  item.tabIndex = -1;
  for (const each of node(item).querySelectorAll("a")) each.tabIndex = -1;
}

function visible(tree) {
  return [...tree.querySelectorAll("[role=treeitem]")].filter((item) => !item.parentElement.closest("[hidden]"));
}

function stand(tree, item) {
  const before = tree.querySelector("[role=treeitem][tabindex='0']");
  if (before) before.tabIndex = -1;
  item.tabIndex = 0;
  item.focus();
}

// Rows from the server, or null: then the link itself is followed, which always works.
async function rows(address) {
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  const holder = document.createElement("ul");
  holder.innerHTML = await answer.text();
  return [...holder.children];
}

async function open(item) {
  const here = opener(item);
  if (!here || item.getAttribute("aria-expanded") === "true" || item.getAttribute("aria-busy") === "true") return;
  if (!group(item)) {
    item.setAttribute("aria-busy", "true");
    const found = await rows(here.dataset.branch);
    item.removeAttribute("aria-busy");
    if (!found) return void location.assign(here.href);
    const list = document.createElement("ul");
    list.setAttribute("role", "group");
    found.forEach(dress);
    list.append(...found);
    item.append(list);
  }
  group(item).hidden = false;
  item.setAttribute("aria-expanded", "true");
}

function close(item) {
  group(item).hidden = true;
  item.setAttribute("aria-expanded", "false");
}

const toggle = (item) => item.getAttribute("aria-expanded") === "true" ? close(item) : open(item);

async function more(tree, item) {
  const here = link(item);
  const found = here.dataset.more ? await rows(here.dataset.more) : null;
  if (!found?.length) return void location.assign(here.href);
  found.forEach(dress);
  item.replaceWith(...found);
  stand(tree, found[0]);
}

function enter(tree, item) {
  if (link(item).matches(".node-more")) return more(tree, item);
  location.assign(link(item).href);
}

function typed(tree, item, letters) {
  const all = visible(tree);
  const start = all.indexOf(item) + (letters.length === 1 ? 1 : 0);
  const round = [...all.slice(start), ...all.slice(0, start)];
  // What people call a unit begins after its kind: both beginnings count.
  const meant = (each) => {
    const name = bare(link(each).textContent);
    return name.startsWith(letters) || name.includes(` ${letters}`);
  };
  const found = round.find((each) => bare(link(each).textContent).startsWith(letters)) ?? round.find(meant);
  if (found) stand(tree, found);
}

function keys(tree) {
  let letters = "";
  let last = 0;
  return (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = visible(tree);
    const place = all.indexOf(item);
    const isOpen = item.getAttribute("aria-expanded") === "true";
    const acts = {
      ArrowDown: () => all[place + 1] && stand(tree, all[place + 1]),
      ArrowUp: () => all[place - 1] && stand(tree, all[place - 1]),
      ArrowRight: () => isOpen ? all[place + 1] && parent(all[place + 1]) === item && stand(tree, all[place + 1]) : open(item),
      ArrowLeft: () => isOpen ? close(item) : parent(item) && stand(tree, parent(item)),
      Home: () => stand(tree, all[0]),
      End: () => stand(tree, all.at(-1)),
      Enter: () => enter(tree, item),
      "*": () => [...item.parentElement.children].forEach(open),
    };
    if (acts[event.key]) {
      event.preventDefault();
      letters = "";
      acts[event.key]();
    } else if (event.key.length === 1 && (event.key !== " " || letters)) {
      event.preventDefault();
      letters = event.timeStamp - last > 700 ? bare(event.key) : letters + bare(event.key);
      last = event.timeStamp;
      typed(tree, item, letters.trim());
    } else if (event.key === " ") {
      event.preventDefault();
      toggle(item);
    }
  };
}

for (const tree of document.querySelectorAll("[data-tree]")) {
  tree.setAttribute("role", "tree");
  tree.setAttribute("aria-label", tree.dataset.tree);
  for (const item of tree.children) dress(item);
  if (tree.firstElementChild) tree.firstElementChild.tabIndex = 0;
  tree.addEventListener("keydown", keys(tree));
  tree.addEventListener("click", (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest(".node-more")) {
      event.preventDefault();
      more(tree, item);
    } else if (!event.target.closest(".node-name") && opener(item)) {
      event.preventDefault();
      stand(tree, item);
      toggle(item);
    }
  });
  const told = document.querySelector("[data-tree-keys]");
  if (told) told.hidden = false;
}
