// Reviewing by keyboard: n and p go to the next and the previous place that matters; phrases used before become buttons.

const PLACES = ".review-fold tr.matters[id], .review-fold .words.matters";
const SHOWN = 6;

const isTyping = (target) => target instanceof Element && target.closest("input, textarea, select, dialog[open]") !== null;

function step(forward) {
  const places = [...document.querySelectorAll(PLACES)].filter((place) => place.offsetParent !== null);
  if (!places.length) return;
  const here = places.indexOf(document.getElementById(decodeURIComponent(window.location.hash.slice(1))));
  const next = places[here < 0 ? (forward ? 0 : places.length - 1) : (here + (forward ? 1 : -1) + places.length) % places.length];
  window.location.hash = encodeURIComponent(next.id);
  const control = next.querySelector("summary, a");
  (control ?? next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (event.key === "n" || event.key === "p") {
    event.preventDefault();
    step(event.key === "n");
  } else if (event.key === "c" || event.key === "t") {
    const opener = document.querySelector(event.key === "c" ? "[data-opens=hop-chap-nhan]" : "[data-opens=hop-tra-lai]");
    if (!opener) return;
    event.preventDefault();
    opener.click();
  }
});
for (const button of document.querySelectorAll("[data-step]")) {
  button.hidden = document.querySelector(PLACES) === null;
  button.addEventListener("click", () => step(button.dataset.step === "next"));
}

// "Hỏi lại" opens the remark of its place.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("[data-remark]") : null;
  const box = link && document.querySelector(`[data-remark-of="${CSS.escape(link.dataset.remark)}"]`);
  if (!box) return;
  event.preventDefault();
  box.open = true;
  box.scrollIntoView({ block: "center" });
  box.querySelector("textarea").focus({ preventScroll: true });
});

// One press instead of a list to choose from; the list stays where there is no script.
function addChips(input) {
  const area = input.parentElement.querySelector("textarea");
  const list = document.getElementById(input.getAttribute("list"));
  if (!area || !list || input.dataset.done) return;
  input.dataset.done = "1";
  const chips = document.createElement("p");
  chips.className = "chips";
  for (const option of [...list.options].slice(0, SHOWN)) {
    const chip = Object.assign(document.createElement("button"), { type: "button", className: "chip", textContent: option.value });
    chip.addEventListener("click", () => {
      area.value = [area.value.trim(), option.value].filter(Boolean).join(" ");
      area.focus();
    });
    chips.append(chip);
  }
  input.hidden = true;
  input.after(chips);
}
document.addEventListener("toggle", (event) => {
  const input = event.target instanceof Element && event.target.open ? event.target.querySelector("input[list]") : null;
  if (input) addChips(input);
}, true);
for (const input of document.querySelectorAll("form input[list=ly-do-hay-dung]")) addChips(input);
