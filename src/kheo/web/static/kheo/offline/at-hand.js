// The page that is open is kept at hand by the worker: it opens again where there is no network.

export async function keepPageAtHand() {
  if (!("serviceWorker" in navigator)) return;
  const cameThroughIt = Boolean(navigator.serviceWorker.controller); // asked first: a new worker takes over open pages at once
  try {
    await navigator.serviceWorker.register("/khong-mang.js", { scope: "/" });
    const { active } = await navigator.serviceWorker.ready;
    // The first visit was answered before there was a worker: it fetches its copy now.
    if (!cameThroughIt) active.postMessage({ keep: location.pathname });
  } catch {
    // Not allowed here (a private window, an old browser): the page works as long as it is open.
  }
}

// When the worker took this page from its store: the instant it was kept.
export function keptAt() {
  const kept = Number(document.documentElement.dataset.kept);
  return kept ? new Date(kept) : null;
}

const DAY_AND_TIME = { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric" };
export const wordsOf = (moment) => moment.toLocaleString("vi-VN", DAY_AND_TIME);
