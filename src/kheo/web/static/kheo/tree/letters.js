// Letters that lead to a name.

import { first, following, go, pastPage, stand } from "./moving.js";
import { pagesBelow } from "./pages.js";
import { bare, names, parent } from "./rows.js";

const AGAIN = 700; // ms after which letters begin a new name
const ASK = 150; // ms without a further letter, then the server is asked

// Rows that have been read, from the next one round to this one.
function* round(tree, item) {
  for (let spot = following(item) ?? first(tree); ;) {
    const at = spot.page.rows?.[spot.index];
    if (at) yield at;
    if (at === item) return;
    spot = (at ? following(at) : pastPage(spot.page)) ?? first(tree);
  }
}

// What people call a unit begins after its kind: both beginnings count, that of the whole name first.
function named(tree, item, letters) {
  let meant = null;
  for (const at of letters.length > 1 ? [item, ...round(tree, item)] : round(tree, item)) {
    if (names.get(at).startsWith(letters)) return at;
    if (!meant && names.get(at).includes(` ${letters}`)) meant = at;
  }
  return meant;
}

// Of units that have not all been read the server knows where the next of that name stands.
async function spotNamed(tree, item, letters) {
  const pages = pagesBelow.get(parent(item) ?? tree);
  const where = new URL(pages[0].address, location.href);
  where.pathname += "cho/";
  where.searchParams.set("chu", letters);
  where.searchParams.set("sau", Number(item.dataset.place) - (letters.length > 1 ? 1 : 0));
  const answer = await fetch(where, { credentials: "same-origin" }).catch(() => null);
  const place = answer?.ok && !answer.redirected ? Number(await answer.text()) - 1 : -1;
  const page = pages.find((each) => place >= each.from && place < each.from + each.count);
  return page && { page, index: place - page.from };
}

const isAllRead = (tree, item) => pagesBelow.get(parent(item) ?? tree).every((page) => page.rows);

export function letters() {
  let typed = "";
  let last = 0;
  let waiting = 0;
  return {
    isOngoing: () => typed !== "",
    forget: () => {
      typed = "";
      clearTimeout(waiting);
    },
    add: (tree, item, key, when) => {
      typed = when - last > AGAIN ? bare(key) : typed + bare(key);
      last = when;
      clearTimeout(waiting);
      const meant = typed.trim();
      const near = () => {
        const found = named(tree, item, meant);
        if (found) stand(found);
      };
      if (isAllRead(tree, item)) return near();
      waiting = setTimeout(async () => {
        const spot = await spotNamed(tree, item, meant);
        if (meant !== typed.trim() || tree.here !== item) return;
        if (spot) go(spot);
        else near();
      }, ASK);
    },
  };
}
