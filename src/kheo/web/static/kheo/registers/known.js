// The ground that this machine has seen from a page for filing in the field: borders and where entries lie, without a word of what they
// are. Kept beside the page's copy, so that the map opens where there is no network; gone with it on signing out.
import { MILLION, told } from "./ground.js";

const PAGES = "kheo-pages"; // offline/worker.js
const MOST_SPOTS = 500;
const MOST_BORDERS = 100; // a province and its neighbours; what is kept is read as a whole whenever the map opens
const MOST_NEARER = 4; // looks at dots that stand for many, the fullest first
const address = () => `${location.pathname}xung-quanh`; // no page of its own: its name does not end with a stroke
const store = async () => ("caches" in window ? caches.open(PAGES) : null);

// { at: milliseconds, borders: [{unit, name, polygons}], spots: [[latitude, longitude]] } in millionths of a degree; null: nothing was seen.
export async function knownGround() {
  const kept = await (await store())?.match(address());
  return kept ? kept.json() : null;
}

// A dot that stands for many lies between them, where there is nothing; unless they all lie on one spot.
const isPlace = ({ count, box }) => count === 1 || (box[0] === box[2] && box[1] === box[3]);

// Each once, what was seen last at the end, and no more than so many of the last.
function lastSeen(all, keyOf, most) {
  const found = new Map();
  for (const each of all) {
    found.delete(keyOf(each));
    found.set(keyOf(each), each);
  }
  return [...found.values()].slice(-most);
}

export async function keepGround({ borders, spots }) {
  const pages = await store();
  if (!pages) return;
  const before = (await knownGround()) ?? { borders: [], spots: [] };
  // Two units may be called the same, and one may be called otherwise tomorrow. What an older page kept had no number.
  const drawn = [...before.borders.filter((each) => each.unit), ...borders.map(({ unit, name, polygons }) => ({ unit, name, polygons }))];
  const places = [...before.spots, ...spots.filter(isPlace).map((each) => each.at)];
  const whole = { at: Date.now(), borders: lastSeen(drawn, (each) => each.unit, MOST_BORDERS), spots: lastSeen(places, String, MOST_SPOTS) };
  await pages.put(address(), new Response(JSON.stringify(whole), { headers: { "Content-Type": "application/json" } }));
}

const EDGE = 0.01; // of a degree: about a kilometre around all of it
const CLOSE = 0.0001; // about ten metres: a box of no width cannot be looked at

// In which box dots lie, with everything that they stand for, and a little more to every side.
function boundsOf(spots, more) {
  const sides = spots.map(({ at, box }) => (box ?? [...at, ...at]).map((each) => each / MILLION));
  const [south, west] = [0, 1].map((side) => Math.min(...sides.map((each) => each[side])) - more);
  const [north, east] = [2, 3].map((side) => Math.max(...sides.map((each) => each[side])) + more);
  return { getSouth: () => south, getWest: () => west, getNorth: () => north, getEast: () => east };
}

// While there is a network: where the register's entries lie, and the borders there, though nobody opens the map.
export async function fetchGround(list, everywhere) {
  try {
    const { spots } = await told(list, everywhere);
    if (!spots.length) return;
    const found = await told(list, boundsOf(spots, EDGE));
    await keepGround(found);
    const full = found.spots.filter((each) => !isPlace(each)).sort((one, other) => other.count - one.count);
    for (const each of full.slice(0, MOST_NEARER)) await keepGround(await told(list, boundsOf([each], CLOSE)));
  } catch {
    // No network: what was seen before stays.
  }
}
