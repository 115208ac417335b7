// A draft beside its paper: Enter confirms and goes on to the next unsure place, Tab goes from one to the next, the paper shows the
// place of the field in hand. Without this file the page is one plain form with anchors.

const form = document.querySelector("form[data-drafting]");
const items = [...(form?.querySelectorAll("[data-unsure]") ?? [])];
const left = document.querySelector("[data-left]");
const wide = matchMedia("(min-width: 60rem)");
let changed = false;

const ticks = (item) => [...item.querySelectorAll("input[name=seen]")];
const isDone = (item) => ticks(item).every((tick) => tick.checked);

// What stands for an item in the order of Tab: its field, its chosen answer, or its tick where there is nothing else.
function control(item) {
  const own = "input:not([type=hidden], [name=seen], [type=radio]), select, summary";
  return item.querySelector("input[type=radio]:checked") ?? item.querySelector(own) ?? ticks(item)[0];
}

// The way to the place and the tick are left out of the order of Tab: the place shows itself, and Enter ticks.
for (const item of items) {
  const main = control(item);
  for (const other of item.querySelectorAll("a, input[name=seen], input[list]")) if (other !== main) other.tabIndex = -1;
}

function show() {
  if (left) left.textContent = items.filter((item) => !isDone(item)).length;
  for (const item of items) item.classList.toggle("is-done", isDone(item));
}

function goOn(from) {
  const order = [...items.slice(items.indexOf(from) + 1), ...items.slice(0, items.indexOf(from))];
  const next = order.find((item) => !isDone(item));
  const place = next ? control(next) : form.querySelector("[data-save]");
  place?.focus();
  place?.scrollIntoView({ block: "nearest" });
}

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    return form.requestSubmit(form.querySelector("[data-save]"));
  }
  const item = event.target.closest("[data-unsure]");
  if (!item || event.target.matches("a, button, textarea")) return;
  event.preventDefault();
  for (const tick of ticks(item)) tick.checked = !event.shiftKey;
  changed = true;
  show();
  if (!event.shiftKey) goOn(item);
});

form?.addEventListener("input", (event) => {
  changed = true;
  const item = event.target.closest("[data-unsure]");
  if (item && event.target.name !== "seen") for (const tick of ticks(item)) tick.checked = true; // what was corrected was looked at
  if (event.target.matches("input[list]")) event.target.closest("fieldset").querySelector("[value=other]").checked = true;
  show();
});
form?.addEventListener("submit", () => (changed = false));
addEventListener("beforeunload", (event) => changed && event.preventDefault());

// The field in hand: its place in the paper is marked, and comes into view where the paper stands beside it.
document.addEventListener("focusin", (event) => {
  const item = event.target.closest(".draft-form .field");
  if (!item) return;
  for (const part of document.querySelectorAll(".draft-said.is-here")) part.classList.remove("is-here");
  const way = item.querySelector("a[href^='#cho-']")?.hash.replace("#cho-", "#o-");
  const parts = way ? document.querySelectorAll(`.draft-said[href="${CSS.escape(way).replace(/\\#/, "#").replace(/\\\./g, ".")}"]`) : [];
  for (const part of parts) part.classList.add("is-here");
  const paper = document.getElementById("van-ban");
  if (parts.length && wide.matches) paper.scrollTo({ top: parts[0].offsetTop - paper.clientHeight / 3 });
});

// Where a way leads into something folded away, it opens; the field is in hand at once.
function open() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target || !form?.contains(target)) return;
  if (target.matches("details")) target.open = true;
  for (let around = target.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  target.scrollIntoView({ block: "center" });
  (target.matches("fieldset, [data-unsure]") ? control(target) : target.matches("details") ? target.querySelector("summary") : target).focus({ preventScroll: true });
}
addEventListener("hashchange", open);
open();
show();
for (const keys of document.querySelectorAll(".draft-keys")) keys.hidden = !items.length;
