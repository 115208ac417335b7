// The page that is shown when there is no network: which pages were opened on this machine and can be gone on with.

const list = document.querySelector("[data-kept-pages]");
const nothing = document.querySelector("[data-nothing-kept]");

async function draw() {
  if (!("caches" in window)) return;
  const pages = await caches.open("kheo-pages");
  for (const request of await pages.keys()) {
    const path = new URL(request.url).pathname;
    if (!path.endsWith("/")) continue; // what was saved since, beside its report
    const page = new DOMParser().parseFromString(await (await pages.match(request)).text(), "text/html");
    const link = document.createElement("a");
    link.href = path;
    link.textContent = [page.querySelector("h1"), page.querySelector(".lead")].map((each) => each?.textContent).filter(Boolean).join(", ");
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  list.hidden = !list.children.length;
  nothing.hidden = !list.hidden;
}

draw();

// Whoever is already on the way to such a page is not called back: a reload would cancel the page just asked for.
let isLeaving = false;
addEventListener("beforeunload", () => {
  isLeaving = true;
});
addEventListener("pageshow", () => {
  isLeaving = false;
});
addEventListener("online", () => {
  if (!isLeaving) location.reload();
});
