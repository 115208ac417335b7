// A register's map: dots from the server for the box in view, the same entries as links beside it for whoever does not point.
import { addBorders, drawn, MILLION, text, told, tone } from "./ground.js";

const L = window.L ?? window.leaflet;
const place = document.querySelector(".map");
const MOST_LISTED = 60;

const tones = new Map();
function toneOf(state) {
  if (!tones.has(state)) {
    const probe = document.createElement("span");
    probe.dataset.state = state;
    place.append(probe);
    tones.set(state, getComputedStyle(probe).getPropertyValue("--tone").trim() || tone("--plain"));
    probe.remove();
  }
  return tones.get(state);
}

const one = place?.dataset.one; // what the register calls one of its entries: mô hình, điểm ô nhiễm
const number = new Intl.NumberFormat("vi-VN");

function item(spot) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.href = spot.url;
  link.textContent = spot.title;
  const tag = document.createElement("span");
  tag.className = "tag";
  tag.dataset.state = spot.tone;
  tag.textContent = spot.state;
  row.append(link, " ", tag);
  return row;
}

function begin(place) {
  const box = place.dataset.box.split(",").map((each) => Number(each) / MILLION);
  const map = drawn(L, place, box);
  const borders = L.layerGroup().addTo(map);
  const dots = L.layerGroup().addTo(map);
  const words = document.querySelector("[data-map-words]");
  const list = document.querySelector("[data-map-list]");
  let turn = 0;

  function dot(spot) {
    const at = spot.at.map((each) => each / MILLION);
    const radius = spot.count === 1 ? 8 : Math.min(26, 11 + 3 * Math.log2(spot.count));
    const colour = spot.count === 1 ? toneOf(spot.tone) : tone("--action");
    const marker = L.circleMarker(at, { radius, color: tone("--surface"), weight: 2, fillColor: colour, fillOpacity: 0.9 });
    marker.bindTooltip(text(spot.count === 1 ? `${spot.title}: ${spot.state}` : `${number.format(spot.count)} ${one}; bấm để xem gần`));
    marker.on("click", () => {
      if (spot.url) location.assign(spot.url);
      else map.setView(at, Math.min(map.getZoom() + 2, 19));
    });
    dots.addLayer(marker);
    if (spot.count > 1) {
      const label = L.divIcon({ className: "dot-count", html: number.format(spot.count), iconSize: [52, 20] });
      dots.addLayer(L.marker(at, { icon: label, interactive: false, keyboard: false }));
    }
  }

  function tell(spots) {
    const whole = spots.reduce((sum, each) => sum + each.count, 0);
    const alone = spots.filter((each) => each.count === 1);
    const packed = whole - alone.length;
    const shown = alone.slice(0, MOST_LISTED);
    list.replaceChildren(...shown.map(item));
    const rest = [
      packed ? `${number.format(packed)} ${one} đứng sát nhau: phóng to để xem từng ${one}` : "",
      alone.length > shown.length ? `còn ${number.format(alone.length - shown.length)} ${one} chưa liệt kê: phóng to` : "",
    ].filter(Boolean);
    words.textContent = whole ? `${number.format(whole)} ${one}.${rest.length ? ` ${rest.join("; ")}.` : ""}` : `Không có ${one} nào trong khung này.`;
  }

  async function read() {
    turn += 1;
    const mine = turn;
    try {
      const found = await told(place.dataset.spots, map.getBounds());
      if (mine !== turn) return; // the map has moved on meanwhile
      borders.clearLayers();
      dots.clearLayers();
      addBorders(L, map, borders, found.borders);
      found.spots.forEach(dot);
      tell(found.spots);
    } catch {
      if (mine === turn) words.textContent = "Chưa tải được. Hãy kiểm tra mạng rồi kéo bản đồ một chút để thử lại.";
    }
  }

  let waiting = 0;
  map.on("moveend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(read, 150);
  });
  read();
}

if (place && L) begin(place);
