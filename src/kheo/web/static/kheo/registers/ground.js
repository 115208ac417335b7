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

export function borderOf(L, { name, polygons }, isNear) {
  const rings = polygons.map((polygon) => polygon.map((ring) => ring.map(([x, y]) => [y / MILLION, x / MILLION])));
  const shape = L.polygon(rings, { color: tone("--edge"), weight: 1, fill: false, interactive: false });
  if (isNear) shape.bindTooltip(text(name), { permanent: true, direction: "center", className: "border-name" });
  return shape;
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
