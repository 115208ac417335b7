// On a machine that many people use, whoever goes back finds an empty form and no page with somebody's code.

// Where a page is left by one of its own ways, the browser keeps no form to send again in its place.
const after = document.querySelector("[data-after]")?.dataset.after;
const forget = ({ target }) => target.closest("a[href]:not([href^='#']), form") && history.replaceState(null, "", after);
if (after) {
  document.addEventListener("click", (event) => event.target.closest("a") && forget(event));
  document.addEventListener("submit", forget);
}

// A page that the browser kept as it was left is asked for anew.
addEventListener("pageshow", ({ persisted }) => persisted && location.replace(after ?? location.href));
