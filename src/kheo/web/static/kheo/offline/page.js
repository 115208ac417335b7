// The page that is shown when there is no network: which reports were opened on this machine and can be gone on with.

const list = document.querySelector("[data-kept-reports]");
const nothing = document.querySelector("[data-nothing-kept]");

async function draw() {
  if (!("caches" in window)) return;
  const pages = await caches.open("kheo-pages");
  for (const request of await pages.keys()) {
    const path = new URL(request.url).pathname;
    if (!/^\/bao-cao\/\d+\/$/.test(path)) continue;
    const page = new DOMParser().parseFromString(await (await pages.match(request)).text(), "text/html");
    const link = document.createElement("a");
    link.href = path;
    link.textContent = `${page.querySelector("h1")?.textContent ?? "Báo cáo"}, ${page.querySelector(".lead")?.textContent ?? ""}`;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  list.hidden = !list.children.length;
  nothing.hidden = !list.hidden;
}

draw();
addEventListener("online", () => location.reload());
