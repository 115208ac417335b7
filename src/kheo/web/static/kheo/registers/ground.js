// What every map of ours is made of: Leaflet on tiles only where the installation names them, borders, colours from the tokens.
export const MILLION = 1e6;
export const NEAR = 17; // as near as a single point is shown

export const tone = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// Names are people's words: shown as text, never as markup.
export function text(words) {
  const made = document.createElement("span");
  made.textContent = words;
  return made;
}

export function drawn(L, place, [south, west, north, east]) {
  const map = L.map(place, { zoomControl: false, attributionControl: Boolean(place.dataset.credit), maxZoom: 19 });
  L.control.zoom({ zoomInTitle: "Phóng to", zoomOutTitle: "Thu nhỏ" }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.attributionControl?.setPrefix(false);
  if (place.dataset.tiles) L.tileLayer(place.dataset.tiles, { attribution: place.dataset.credit, maxZoom: 19 }).addTo(map);
  map.fitBounds([[south, west], [north, east]], { padding: [24, 24], maxZoom: NEAR });
  return map;
}

const NAMED = 12; // from this near on units are named

// Borders of units and, where the map is near, their names: under the dots, and none over another or cut by the frame.
export function addBorders(L, map, group, borders) {
  const isNear = map.getZoom() >= NAMED;
  if (!map.getPane("names")) map.createPane("names").style.zIndex = 350; // between tiles and what is drawn
  const shared = isNear ? sharedWords(borders.map((each) => each.name)) : 0;
  const shapes = borders.map(({ name, polygons }) => {
    const rings = polygons.map((polygon) => polygon.map((ring) => ring.map(([x, y]) => [y / MILLION, x / MILLION])));
    const shape = L.polygon(rings, { color: tone("--edge"), weight: 1, fill: false, interactive: false });
    if (isNear) shape.bindTooltip(text(shortened(name, shared)), { permanent: true, direction: "center", className: "border-name", pane: "names" });
    group.addLayer(shape);
    return shape;
  });
  if (isNear) keepApart(map, shapes.map((shape) => shape.getTooltip().getElement()).filter(Boolean));
}

// How many words all of them begin with: "Liên đoàn Lao động" of twenty districts says nothing on a map.
function sharedWords(names) {
  const [first, ...others] = names.map((name) => name.split(" "));
  if (!others.length) return 0;
  let shared = 0;
  while (shared < first.length - 1 && others.every((words) => words.length > shared + 1 && words[shared] === first[shared])) shared += 1;
  return shared;
}

function shortened(name, shared) {
  const rest = name.split(" ").slice(shared).join(" ");
  return rest.charAt(0).toLocaleUpperCase("vi") + rest.slice(1);
}

// A name gives way to what stands there already; nearer, there is room for it.
function keepApart(map, names) {
  const frame = map.getContainer().getBoundingClientRect();
  const taken = [...map.getContainer().querySelectorAll(".leaflet-control")].map((each) => each.getBoundingClientRect());
  const isOver = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  for (const name of names) {
    const box = name.getBoundingClientRect();
    const isWhole = box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
    if (!isWhole || taken.some((each) => isOver(each, box))) name.hidden = true;
    else taken.push(box);
  }
}

// What lies in the box in view, from the address of a list.
export async function told(address, bounds) {
  const asked = new URL(address, location.href);
  const sides = { tay: bounds.getWest(), nam: bounds.getSouth(), dong: bounds.getEast(), bac: bounds.getNorth() };
  for (const [side, degrees] of Object.entries(sides)) {
    const most = side === "nam" || side === "bac" ? 90 : 180;
    asked.searchParams.set(side, Math.round(Math.max(-most, Math.min(most, degrees)) * MILLION));
  }
  const answer = await fetch(asked, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}
