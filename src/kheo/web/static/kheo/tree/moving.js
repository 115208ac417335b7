// Moving the focus: a spot is a page and a place in it, since its row may not have been read yet.

import { load, pagesBelow, show } from "./pages.js";
import { isOpen, node, pageOf, parent, spots } from "./rows.js";

const filled = (page, step) => {
  while (page && !page.count) page = page[step];
  return page;
};

// The last row that can be seen at or below a spot.
function deepest({ page, index }) {
  const item = page.rows?.[index];
  const last = item && isOpen(item) && filled(pagesBelow.get(item).at(-1), "before");
  return last ? deepest({ page: last, index: last.count - 1 }) : { page, index };
}

// The next spot that is not below this row.
function past(item) {
  for (let each = item; each; each = parent(each)) {
    const { page, index } = spots.get(each);
    if (index + 1 < page.count) return { page, index: index + 1 };
    const next = filled(page.after, "after");
    if (next) return { page: next, index: 0 };
  }
  return null;
}

export function pastPage(page) {
  const next = filled(page.after, "after");
  return next ? { page: next, index: 0 } : page.above && past(page.above);
}

export function following(item) {
  const below = isOpen(item) && filled(pagesBelow.get(item)[0], "after");
  return below ? { page: below, index: 0 } : past(item);
}

export function preceding(item) {
  const { page, index } = spots.get(item);
  if (index) return deepest({ page, index: index - 1 });
  const before = filled(page.before, "before");
  return before ? deepest({ page: before, index: before.count - 1 }) : page.above && spots.get(page.above);
}

// As far as a screen shows, or to the first row that is still to be read.
export function screenful(item, step) {
  let spot = null;
  let at = item;
  for (let left = Math.max(Math.floor(innerHeight / node(item).offsetHeight) - 3, 1); left && at; left -= 1) {
    spot = step(at) ?? spot;
    at = step(at) && spot.page.rows?.[spot.index];
  }
  return spot;
}

export function stand(item) {
  const { tree } = pageOf(item);
  if (tree.here) tree.here.tabIndex = -1;
  tree.here = item;
  item.tabIndex = 0;
  for (let each = item; each; each = parent(each)) show(pageOf(each));
  // A unit with 20,000 open below it is as high as they are: its own line is what must be seen.
  item.focus({ preventScroll: true });
  node(item).scrollIntoView({ block: "nearest" });
}

export async function go(spot) {
  if (!spot) return;
  const { page, index } = spot;
  if (!page.rows) {
    page.tree.setAttribute("aria-busy", "true");
    await load(page);
    page.tree.removeAttribute("aria-busy");
    if (!page.tree.contains(document.activeElement)) return;
  }
  const item = page.rows[Math.min(index, page.rows.length - 1)];
  if (item) stand(item);
}

export const first = (tree) => ({ page: pagesBelow.get(tree)[0], index: 0 });

export function last(tree) {
  const page = filled(pagesBelow.get(tree).at(-1), "before");
  return deepest({ page, index: page.count - 1 });
}
