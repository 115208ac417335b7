// The place of an entry: from this telephone, which asks its owner first, or by a touch on the map. Typed figures stay possible.
import { borderOf, drawn, MILLION, told, tone } from "./ground.js";

const COUNTRY = [8.3, 102, 23.5, 110]; // south, west, north, east
const WHY = {
  1: "Điện thoại không cho dùng vị trí. Hãy cho phép trong cài đặt của trình duyệt, chọn trên bản đồ, hoặc gõ tọa độ.",
  2: "Chưa bắt được vị trí. Ra chỗ thoáng rồi thử lại, hoặc chọn trên bản đồ.",
  3: "Bắt vị trí lâu quá. Ra chỗ thoáng rồi thử lại, hoặc chọn trên bản đồ.",
};
const BY_KEYS = "Mũi tên để dời bản đồ, dấu + và − để phóng to, thu nhỏ, Enter lấy chỗ ở giữa.";
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
  if (frame.dataset.isDrawn) {
    frame.dispatchEvent(new Event("again"));
    return;
  }
  frame.dataset.isDrawn = "1";
  const at = pointIn(input);
  const map = drawn(L, frame, at ? [at[0], at[1], at[0], at[1]] : COUNTRY);
  const mark = L.circleMarker(at ?? [0, 0], { radius: 10, color: tone("--surface"), weight: 3, fillColor: tone("--action"), fillOpacity: 1 });
  if (at) mark.addTo(map);
  const take = (place) => {
    mark.setLatLng(place).addTo(map);
    put(input, written(place.lat, place.lng));
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
  // Opened again, the map shows what the field holds now.
  frame.addEventListener("again", () => {
    const now = pointIn(input);
    if (now) mark.setLatLng(now).addTo(map);
    else mark.remove();
  });
  if (form.dataset.spots) await surround(L, map, form.dataset.spots, !at);
}

// What is there already: borders, and entries nearby, so that nobody files the same place twice.
async function surround(L, map, address, mayMove) {
  const there = L.layerGroup().addTo(map);
  const draw = async () => {
    const found = await told(address, map.getBounds());
    there.clearLayers();
    for (const each of found.borders) there.addLayer(borderOf(L, each, map.getZoom() >= 12));
    for (const each of found.spots) there.addLayer(L.circleMarker(each.at.map((part) => part / MILLION), { radius: 5, color: tone("--muted"), interactive: false }));
    return found.spots;
  };
  try {
    const spots = await draw();
    if (mayMove && spots.length) map.fitBounds(spots.map((each) => each.at.map((part) => part / MILLION)), { padding: [24, 24], maxZoom: 15 });
  } catch {
    // The map is of use without what lies around.
  }
  map.on("moveend", () => draw().catch(() => {}));
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
