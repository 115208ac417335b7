// The ground that this machine has seen from a page for filing in the field: borders and where entries lie, without a word of what they
// are. Kept beside the page's copy, so that the map opens where there is no network; gone with it on signing out.
import { told } from "./ground.js";

const PAGES = "kheo-pages"; // offline/worker.js
const MOST_SPOTS = 500;
const address = () => `${location.pathname}xung-quanh`; // no page of its own: its name does not end with a stroke
const store = async () => ("caches" in window ? caches.open(PAGES) : null);

// { at: milliseconds, borders: [{name, polygons}], spots: [[latitude, longitude]] } in millionths of a degree; null: nothing was seen.
export async function knownGround() {
  const kept = await (await store())?.match(address());
  return kept ? kept.json() : null;
}

export async function keepGround({ borders, spots }) {
  const pages = await store();
  if (!pages) return;
  const before = (await knownGround()) ?? { borders: [], spots: [] };
  const named = new Map([...before.borders, ...borders].map((each) => [each.name, { name: each.name, polygons: each.polygons }]));
  const places = new Map([...before.spots, ...spots.map((each) => each.at)].map((at) => [String(at), at]));
  const whole = { at: Date.now(), borders: [...named.values()], spots: [...places.values()].slice(-MOST_SPOTS) };
  await pages.put(address(), new Response(JSON.stringify(whole), { headers: { "Content-Type": "application/json" } }));
}

const boundsOf = (places) => {
  const [south, north] = [Math.min, Math.max].map((most) => most(...places.map((each) => each[0])) / 1e6);
  const [west, east] = [Math.min, Math.max].map((most) => most(...places.map((each) => each[1])) / 1e6);
  const edge = 0.01; // about a kilometre around
  return { getWest: () => west - edge, getSouth: () => south - edge, getEast: () => east + edge, getNorth: () => north + edge };
};

// While there is a network: where the register's entries lie, and the borders there, though nobody opens the map.
export async function fetchGround(list, everywhere) {
  try {
    const { spots } = await told(list, everywhere);
    if (spots.length) await keepGround(await told(list, boundsOf(spots.map((each) => each.at))));
  } catch {
    // No network: what was seen before stays.
  }
}
