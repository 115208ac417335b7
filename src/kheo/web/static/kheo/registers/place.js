// The place of an entry: from this telephone, which asks its owner first, or by a touch on the map. Typed figures stay possible.
import { addBorders, drawn, MILLION, NEAR, told, tone } from "./ground.js";
import { fetchGround, keepGround, knownGround } from "./known.js";
import { wordsOf } from "../offline/at-hand.js";

const COUNTRY = [8.3, 102, 23.5, 110]; // south, west, north, east
const everywhere = { getSouth: () => COUNTRY[0], getWest: () => COUNTRY[1], getNorth: () => COUNTRY[2], getEast: () => COUNTRY[3] };
const WHY = {
  1: "Điện thoại không cho dùng vị trí. Hãy cho phép trong cài đặt của trình duyệt, chọn trên bản đồ, hoặc gõ tọa độ.",
  2: "Chưa bắt được vị trí. Ra chỗ thoáng rồi thử lại, hoặc chọn trên bản đồ.",
  3: "Bắt vị trí lâu quá. Ra chỗ thoáng rồi thử lại, hoặc chọn trên bản đồ.",
};
const DEGREE = 111_320; // metres from one parallel to the next
const BY_KEYS = "Mũi tên để dời bản đồ, dấu + và − để phóng to, thu nhỏ, Enter lấy chỗ ở giữa.";
const STREETS = 15; // the zoom from which single streets can be told apart
const ROUGH = 100; // metres: further off than a street

const written = (latitude, longitude) => `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;

function button(words) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button secondary";
  made.textContent = words;
  return made;
}

function put(input, text) {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function fromHere(input, words) {
  words.textContent = "Đang bắt vị trí…";
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      put(input, written(coords.latitude, coords.longitude));
      const off = Math.round(coords.accuracy);
      const rough = off > ROUGH ? " Sai số lớn: nên chỉnh lại trên bản đồ." : "";
      words.textContent = `Đã lấy vị trí, sai số khoảng ${off} m.${rough} Chỉ đúng khi anh/chị đang đứng tại chỗ cần ghi.`;
    },
    (fault) => {
      words.textContent = WHY[fault.code] ?? WHY[2];
    },
    { enableHighAccuracy: true, timeout: 20000, maximumAge: 30000 },
  );
}

let arriving = null;
// Leaflet is fetched when somebody wants the map, not with every form.
function leaflet({ leafletJs, leafletCss }) {
  arriving ??= new Promise((resolve, reject) => {
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: leafletCss });
    const script = Object.assign(document.createElement("script"), { src: leafletJs });
    script.addEventListener("load", () => resolve(window.L ?? window.leaflet));
    script.addEventListener("error", () => {
      arriving = null;
      reject(new Error("no map"));
    });
    document.head.append(sheet, script);
  });
  return arriving;
}

function pointIn(input) {
  const [latitude, longitude] = input.value.split(/[,;]/).map((text) => (text.trim() ? Number(text) : NaN));
  return Number.isFinite(latitude) && Number.isFinite(longitude) ? [latitude, longitude] : null;
}

async function onMap(form, input, words, frame) {
  if (!frame.hidden) {
    frame.hidden = true;
    return;
  }
  words.textContent = "Đang mở bản đồ…";
  let L;
  try {
    L = await leaflet(form.dataset);
  } catch {
    words.textContent = "Chưa mở được bản đồ. Hãy kiểm tra mạng, hoặc gõ tọa độ.";
    return;
  }
  frame.hidden = false;
  words.textContent = "Chạm đúng chỗ cần ghi; chạm lại để đổi.";
  if (frame.dataset.isDrawn) return;
  frame.dataset.isDrawn = "1";
  const at = pointIn(input);
  const map = drawn(L, frame, at ? [at[0], at[1], at[0], at[1]] : COUNTRY);
  const mark = L.circleMarker(at ?? [0, 0], { radius: 10, color: tone("--surface"), weight: 3, fillColor: tone("--action"), fillOpacity: 1 });
  if (at) mark.addTo(map);
  let isTouched = false; // whoever has just touched the map looks at that very place: it stays as it is
  const take = (place) => {
    isTouched = true;
    put(input, written(place.lat, place.lng));
    isTouched = false;
    words.textContent = `Đã chọn ${input.value}.`;
  };
  map.on("click", ({ latlng }) => take(latlng));
  // By keyboard: Leaflet moves and widens by its own keys, a cross shows the middle, Enter or the space bar takes it.
  frame.addEventListener("focus", () => {
    if (frame.matches(":focus-visible")) words.textContent = BY_KEYS;
  });
  frame.addEventListener("keydown", (event) => {
    if (event.target !== frame || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    take(map.getCenter());
  });
  // The map shows what the field holds, whoever filled it in: a touch, this telephone, the keyboard.
  input.addEventListener("input", () => {
    const now = pointIn(input);
    if (!now) {
      mark.remove();
      return;
    }
    mark.setLatLng(now).addTo(map);
    // Near enough to be put right by a touch, and at once: a touch while the map still moves would land elsewhere.
    if (!isTouched && (map.getZoom() < STREETS || !map.getBounds().contains(now))) map.setView(now, NEAR, { animate: false });
  });
  if (form.dataset.spots) await surround(L, map, form, !at, words);
}

// What is there already: borders, and entries nearby, so that nobody files the same place twice. Without a network: what was seen before.
async function surround(L, map, form, mayMove, words) {
  const there = L.layerGroup().addTo(map);
  const show = (borders, places) => {
    there.clearLayers();
    addBorders(L, map, there, borders);
    for (const at of places) there.addLayer(L.circleMarker(at, { radius: 5, color: tone("--muted"), interactive: false }));
  };
  const onGround = (places) => places.map((at) => at.map((part) => part / MILLION));
  const look = (places) => {
    if (mayMove && places.length) map.fitBounds(places, { padding: [24, 24], maxZoom: 15 });
    mayMove = false;
  };
  const draw = async () => {
    let found;
    try {
      found = await told(form.dataset.spots, map.getBounds());
    } catch {
      const known = form.dataset.quick ? await knownGround() : null;
      show(known?.borders ?? [], onGround(known?.spots ?? []));
      grid(L, map, there);
      if (mayMove !== null) words.textContent = withoutNetwork(known);
      look(onGround(known?.spots ?? []));
      mayMove = null; // told once
      return;
    }
    const places = onGround(found.spots.map((each) => each.at));
    show(found.borders, places);
    if (form.dataset.quick && !mayMove) await keepGround(found);
    look(places);
  };
  await draw();
  map.on("moveend", () => draw().catch(() => {}));
}

function withoutNetwork(known) {
  if (!known) return "Không có mạng và máy này chưa tải bản đồ: chỉ có lưới ô, thước ở góc dưới. Lấy vị trí điện thoại này trước, rồi chạm để chỉnh.";
  return `Không có mạng: ranh giới và các điểm là của lần tải ${wordsOf(new Date(known.at))}. Chạm đúng chỗ cần ghi; chạm lại để đổi.`;
}

// Squares of a round number of metres, six to fifteen from top to bottom, so that distances can be judged where there is nothing else to see.
function grid(L, map, there) {
  const bounds = map.getBounds();
  const metres = (bounds.getNorth() - bounds.getSouth()) * DEGREE;
  const ten = 10 ** Math.floor(Math.log10(metres / 6));
  const side = [5, 2, 1].find((times) => times * ten <= metres / 6) * ten;
  const [high, wide] = [side / DEGREE, side / (DEGREE * Math.cos((map.getCenter().lat * Math.PI) / 180))];
  const line = (from, to) => there.addLayer(L.polyline([from, to], { color: tone("--edge"), weight: 1, opacity: 0.45, interactive: false }));
  for (let y = Math.ceil(bounds.getSouth() / high) * high; y < bounds.getNorth(); y += high) line([y, bounds.getWest()], [y, bounds.getEast()]);
  for (let x = Math.ceil(bounds.getWest() / wide) * wide; x < bounds.getEast(); x += wide) line([bounds.getSouth(), x], [bounds.getNorth(), x]);
}

for (const form of document.querySelectorAll("[data-entry-form][data-spots]")) {
  for (const field of form.querySelectorAll("[data-type=place]")) {
    const input = field.querySelector("input");
    const line = Object.assign(document.createElement("p"), { className: "form-actions" });
    const words = Object.assign(document.createElement("p"), { className: "hint" });
    words.setAttribute("role", "status");
    const frame = Object.assign(document.createElement("div"), { className: "map picks", hidden: true });
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", "Bản đồ để chọn vị trí");
    Object.assign(frame.dataset, { tiles: form.dataset.tiles, credit: form.dataset.credit });
    if ("geolocation" in navigator) {
      const here = button("Lấy vị trí điện thoại này");
      here.addEventListener("click", () => fromHere(input, words));
      line.append(here, " ");
    }
    // Without tiles and borders there would be nothing on the map to choose by.
    if (form.dataset.spots || form.dataset.tiles) {
      if (form.dataset.quick && navigator.onLine) fetchGround(form.dataset.spots, everywhere);
      const pick = button("Chọn trên bản đồ");
      pick.addEventListener("click", () => onMap(form, input, words, frame));
      line.append(pick);
    }
    field.append(line, words, frame);
    form.addEventListener("reset", () => {
      words.textContent = "";
      frame.hidden = true;
    });
  }
}
