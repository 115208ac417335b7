// A row of the tree, and where it stands: known beside the document, so that no key searches it.

export const spots = new WeakMap(); // row → the page that it stands in, and its place there
export const names = new WeakMap(); // row → its name without marks

export const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/giu, "d").toLowerCase();
export const pageOf = (item) => spots.get(item).page;
export const node = (item) => item.firstElementChild;
export const opener = (item) => node(item).querySelector(".node-open");
export const link = (item) => node(item).querySelector(".node-name, .node-more");
export const isOpen = (item) => item.getAttribute("aria-expanded") === "true";
export const isStub = (item) => "again" in link(item).dataset;
export const parent = (item) => pageOf(item).above;

export function dress(item) {
  item.setAttribute("role", "treeitem");
  item.setAttribute("aria-level", item.dataset.level);
  item.setAttribute("aria-setsize", item.dataset.of);
  item.setAttribute("aria-posinset", item.dataset.place);
  item.setAttribute("aria-label", [...node(item).children].map((part) => part.firstChild?.textContent).filter(Boolean).join(", "));
  if (opener(item)) item.setAttribute("aria-expanded", "false");
  item.tabIndex = -1;
  for (const each of node(item).querySelectorAll("a")) each.tabIndex = -1;
  names.set(item, bare(link(item).textContent));
}
