/* Maps are a second view of a list: Leaflet over the tiles that the page names, pins from GeoJSON, a point to choose. */
"use strict";
(() => {
  const TILES = "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png";
  const SOURCE = '<a href="https://maps.gsi.go.jp/development/ichiran.html">地理院タイル</a>';
  const pin = () => L.divIcon({ className: "pin", iconSize: [28, 28], iconAnchor: [0, 28], popupAnchor: [14, -26] });

  // Pins lie on one another where there are many, so they are for the pointer; by keyboard and for screen readers there
  // is the list of the same things, which stands on every page with a map.
  /** A pin's popup is built of nodes, never of markup: titles are citizens' words. */
  const popup = ({ title, url, note }) => {
    const box = document.createElement("div");
    const link = document.createElement("a");
    link.href = url;
    link.textContent = title;
    box.append(link);
    if (note) box.append(document.createElement("br"), note);
    return box;
  };

  const pins = async (map, address) => {
    const answer = await fetch(address, { headers: { Accept: "application/geo+json" } });
    if (!answer.ok) return;
    const layer = L.geoJSON(await answer.json(), {
      pointToLayer: ({ properties: { title } }, place) => L.marker(place, { icon: pin(), keyboard: false, alt: title, title }),
      onEachFeature: ({ properties }, marker) => {
        if (properties.url) marker.bindPopup(popup(properties), { maxWidth: Math.min(260, map.getSize().x - 70) });
      },
    }).addTo(map);
    if (layer.getLayers().length) map.fitBounds(layer.getBounds().pad(0.1), { maxZoom: 16 });
  };

  const choose = (map, names) => {
    const [lat, lng] = names.map((name) => document.getElementById(name));
    let marker = null;
    const show = () => {
      marker?.remove();
      const typed = lat.value.trim() !== "" && lng.value.trim() !== "";
      if (!typed || !Number.isFinite(Number(lat.value)) || !Number.isFinite(Number(lng.value))) return;
      marker = L.marker([Number(lat.value), Number(lng.value)], { icon: pin(), keyboard: false }).addTo(map);
      map.panTo(marker.getLatLng());
    };
    map.on("click", ({ latlng }) => {
      lat.value = latlng.lat.toFixed(5);
      lng.value = latlng.lng.toFixed(5);
      for (const field of [lat, lng]) field.dispatchEvent(new Event("input", { bubbles: true }));
      show();
    });
    for (const field of [lat, lng]) field.addEventListener("change", show);
    show();
  };

  const draw = (box) => {
    const { lat, lng, zoom, geojson, pick, tiles, attribution } = box.dataset;
    const map = L.map(box, { center: [Number(lat), Number(lng)], zoom: Number(zoom), scrollWheelZoom: false });
    map.attributionControl.setPrefix(false);
    L.tileLayer(tiles || TILES, { attribution: attribution || SOURCE, maxZoom: 18 }).addTo(map);
    if (geojson) pins(map, geojson);
    if (pick) choose(map, pick.split(" "));
  };

  // A map in a closed <details> is not asked for: no tile is fetched from elsewhere before somebody opens it.
  const known = new WeakSet();
  const find = () => {
    for (const box of document.querySelectorAll("[data-map]")) {
      if (known.has(box)) continue;
      known.add(box);
      const folded = box.closest("details:not([open])");
      if (folded) folded.addEventListener("toggle", () => draw(box), { once: true });
      else draw(box);
    }
  };
  find();
  document.addEventListener("htmx:afterSettle", find);
})();
