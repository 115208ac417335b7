// Khéo without a network: reports and pages for filing in the field that were opened here open again, and what belongs to them is at
// hand. Nothing is sent from here: what was typed waits in the page (filling/keeping.js, registers/quick/items.js) and is sent by the page,
// so that a person sees it happen.

const PAGES = "kheo-pages"; // kept pages, and what was saved since; emptied on signing out
const PARTS = "kheo-parts"; // sheets, scripts, pictures: nothing of anybody
const ABSENT = "/khong-mang/";
const SIGN_IN = "/dang-nhap/";
const KEEPS = /^\/(bao-cao\/\d+|so\/[a-z0-9-]+\/ghi-tai-cho)\/$/;
const WRITES = /data-(draft|quick)=/; // the form of such a page
const KEPT_AT = "X-Kept-At";
const LONGEST = 3 * 24 * 3600 * 1000; // as long as a session lasts
const PATIENCE = 8000; // a network that says nothing for so long is none

self.addEventListener("install", (event) => {
  event.waitUntil(keepPage(PARTS, ABSENT).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data?.keep && KEEPS.test(event.data.keep)) event.waitUntil(keepPage(PAGES, event.data.keep));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(navigate(event, address));
  else if (address.pathname.startsWith("/static/")) event.respondWith(part(request));
});

async function navigate(event, address) {
  const kept = KEEPS.test(address.pathname) ? await keptPage(address.pathname) : null;
  try {
    const response = await inTime(fetch(event.request), kept);
    if (response.status >= 502 && kept) return marked(kept);
    if (KEEPS.test(address.pathname)) event.waitUntil(keepAnswer(address.pathname, response.clone()));
    // Whoever is shown the sign-in page is nobody yet, also where that page's own script did not run.
    else if (address.pathname.endsWith(SIGN_IN)) event.waitUntil(caches.delete(PAGES));
    return response;
  } catch {
    return kept ? marked(kept) : absent();
  }
}

// A network that is there and silent must not hold up somebody whose page lies here.
function inTime(answer, kept) {
  if (!kept) return answer;
  return Promise.race([answer, new Promise((_, reject) => setTimeout(reject, PATIENCE))]);
}

async function keptPage(path) {
  const kept = await (await caches.open(PAGES)).match(path);
  const age = Date.now() - Number(kept?.headers.get(KEPT_AT));
  return kept && age < LONGEST ? kept : null;
}

// The page must know that it is old: it then puts on top what was saved since, and says so.
async function marked(kept) {
  const text = (await kept.text()).replace("<html ", `<html data-kept="${kept.headers.get(KEPT_AT)}" `);
  return new Response(text, { headers: kept.headers });
}

async function absent() {
  return (await (await caches.open(PARTS)).match(ABSENT)) ?? Response.error();
}

async function part(request) {
  const parts = await caches.open(PARTS);
  try {
    const response = await fetch(request);
    if (response.ok && (await parts.match(request))) await parts.put(request, response.clone());
    return response;
  } catch {
    return (await parts.match(request)) ?? Response.error();
  }
}

async function keepPage(store, path) {
  const response = await fetch(path, { redirect: "manual" });
  if (store === PAGES) return keepAnswer(path, response);
  if (response.ok) await keepText(store, path, response);
  return undefined;
}

// Only a page that can be written into is worth keeping; when it no longer can, its copy goes.
async function keepAnswer(path, response) {
  if (response.type === "opaqueredirect" || response.redirected || response.status >= 500) return;
  const pages = await caches.open(PAGES);
  await pages.delete(`${path}da-luu`);
  const isOpen = response.ok && WRITES.test(await response.clone().text());
  if (isOpen) await keepText(PAGES, path, response);
  else await pages.delete(path);
}

async function keepText(store, path, response) {
  const text = await response.text();
  const headers = new Headers(response.headers);
  headers.set(KEPT_AT, String(Date.now()));
  await (await caches.open(store)).put(path, new Response(text, { headers }));
  await keepParts(text.matchAll(/(?:src|href|data-[a-z-]+)="(\/static\/[^"#]+)/g));
}

// The parts that a page names, and the modules that they import in turn.
async function keepParts(named) {
  const parts = await caches.open(PARTS);
  const left = [...new Set([...named].map((match) => match[1]))];
  const seen = new Set();
  while (left.length) {
    const path = left.pop();
    if (seen.has(path)) continue;
    seen.add(path);
    const response = await fetch(path);
    if (!response.ok) continue;
    if (path.endsWith(".js")) {
      const text = await response.clone().text();
      for (const [, name] of text.matchAll(/from\s*"(\.{1,2}\/[^"]+)"/g)) left.push(new URL(name, new URL(path, self.location.origin)).pathname);
    }
    await parts.put(path, response);
  }
}
