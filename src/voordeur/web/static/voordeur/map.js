// Lays a map of tiles in the place of the drawing, where the administrator set an address for tiles.
// The drawing stays when the tiles do not come.
"use strict";

(() => {
  const box = document.querySelector(".vd-map-box[data-tiles]");
  if (!box || !window.L) return;
  const { start, doors } = JSON.parse(box.dataset.places);
  const drawing = box.querySelector("svg");
  const sheet = document.createElement("div");
  sheet.className = "vd-map-box--tiles";
  const back = () => {
    sheet.remove();
    drawing.hidden = false;
    drawing.style.display = "";
  };
  box.append(sheet);
  drawing.style.display = "none";
  const map = L.map(sheet, { scrollWheelZoom: false });
  const by = document.createElement("span");
  by.textContent = box.dataset.by;
  const tiles = L.tileLayer(box.dataset.tiles, { attribution: by.innerHTML, maxZoom: 19 });
  let came = false;
  tiles.on("tileload", () => {
    came = true;
  });
  tiles.on("tileerror", () => {
    if (!came) back();
  });
  const points = doors.map((door) => door.at);
  map.fitBounds(L.latLngBounds(start ? [start, ...points] : points).pad(0.15));
  tiles.addTo(map);
  L.polyline(start ? [start, ...points] : points, { color: "#0d4737", weight: 3, dashArray: "1 7" }).addTo(map);
  for (const door of doors) {
    const icon = L.divIcon({ className: "vd-map__mark", html: String(door.n), iconSize: [20, 28], iconAnchor: [10, 28] });
    L.marker(door.at, { icon, keyboard: false, alt: String(door.n) }).addTo(map);
  }
})();
