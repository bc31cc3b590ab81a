/* The map beside the list: our own outlines. It shows nothing that the list does not say: numbers are read from
   the list ([data-lon]). The services of its other pages (map-points.mjs) and the streets (map-tiles.mjs) are
   fetched once the map is open, where there are any. */

const DESK = matchMedia("(min-width: 60rem)");
const NEAR = 36; // pixels: markers nearer than this are shown as one
const [CLOSEST, CLOSEST_IN_STREETS] = [13, 18];
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

const COLOURS = {
  department: { color: "#6d8f8e", weight: 2, fillColor: "#fbfaf6", fillOpacity: 1, interactive: false },
  commune: { color: "#e4e2d9", weight: 1, interactive: false, smoothFactor: 1 },
  epci: { color: "#b8ccc9", weight: 1.25, interactive: false, smoothFactor: 1 },
  patchwork: { color: "#9cc3c1", weight: 1, fillColor: "#cfe2e0", fillOpacity: 0.75, interactive: false },
  zone: { color: "#17595f", weight: 1.5, fillColor: "#cfe2e0", fillOpacity: 0.75, interactive: false },
};

/* --- TopoJSON ------------------------------------------------------------------------------------- */

function decoded(topology) {
  const { scale, translate } = topology.transform;
  return topology.arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [y * scale[1] + translate[1], x * scale[0] + translate[0]];
    });
  });
}

function ring(indexes, arcs) {
  return indexes.flatMap((index, number) => {
    const arc = index < 0 ? [...arcs[~index]].reverse() : arcs[index];
    return number ? arc.slice(1) : arc;
  });
}

function polygons(geometry, arcs) {
  const parts = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
  return parts.map((part) => part.map((indexes) => ring(indexes, arcs)));
}

function lines(geometries, arcs) {
  const used = new Set();
  for (const geometry of geometries) {
    for (const index of geometry.arcs.flat(Infinity)) used.add(index < 0 ? ~index : index);
  }
  return [...used].map((index) => arcs[index]);
}

class Drawing {
  constructor(topology) {
    this.arcs = decoded(topology);
    this.towns = topology.towns ?? [];
    const { objects } = topology;
    this.departments = (objects.departement ?? objects.departements ?? objects.communes_full).geometries;
    this.communes = objects.communes?.geometries ?? [];
    this.epcis = objects.epci?.geometries ?? [];
  }

  draw(map) {
    const outlines = this.departments.flatMap((one) => polygons(one, this.arcs));
    L.polygon(outlines, { ...COLOURS.department, pane: "land" }).addTo(map);
    L.polyline(lines(this.communes, this.arcs), { ...COLOURS.commune, pane: "borders" }).addTo(map);
    L.polyline(lines(this.epcis, this.arcs), { ...COLOURS.epci, pane: "borders" }).addTo(map);
    L.polygon(outlines, { ...COLOURS.department, fill: false, pane: "borders" }).addTo(map);
  }

  shapes({ departments, epcis, communes }) {
    const code = (one) => one.properties.dep ?? one.properties.code;
    return [
      ...this.departments.filter((one) => departments.has(code(one))),
      ...this.epcis.filter((one) => epcis.has(one.properties.epci)),
      ...this.communes.filter((one) => communes.has(one.properties.code)),
    ].flatMap((one) => polygons(one, this.arcs));
  }
}

/* --- Loading, on demand ----------------------------------------------------------------------------- */

let leaflet;

function loadLeaflet(source) {
  leaflet ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  return leaflet;
}

async function loadDrawings(files) {
  const answers = await Promise.all(Object.values(JSON.parse(files)).map((url) => fetch(url)));
  return Promise.all(answers.map(async (answer) => new Drawing(await answer.json())));
}

const words = (text) => new Set((text ?? "").split(" ").filter(Boolean));

/* --- The map ------------------------------------------------------------------------------------------ */

class ServiceMap {
  constructor(figure) {
    this.figure = figure;
    this.view = figure.querySelector("[data-map-view]");
    this.button = figure.querySelector("[data-map-show]");
    this.button.addEventListener("click", () => this.open());
    figure.hidden = false;
    if (DESK.matches) this.open();
    else DESK.addEventListener("change", (event) => event.matches && this.open(), { once: true });
  }

  async open() {
    if (this.isOpen) return;
    this.isOpen = true;
    this.button.hidden = true;
    this.view.hidden = false;
    try {
      const [drawings] = await Promise.all([
        loadDrawings(this.figure.dataset.files),
        loadLeaflet(this.figure.dataset.leaflet),
      ]);
      this.build(drawings);
    } catch (error) {
      this.view.hidden = true;
      this.figure.querySelector("figcaption").textContent = this.figure.dataset.failed;
    }
  }

  build(drawings) {
    const { dataset } = this.figure;
    this.map = L.map(this.view, {
      attributionControl: false, zoomControl: false, scrollWheelZoom: false, zoomSnap: 0.25,
      maxZoom: dataset.tiles ? CLOSEST_IN_STREETS : CLOSEST,
      zoomAnimation: !CALM.matches, fadeAnimation: !CALM.matches, inertia: !CALM.matches,
    });
    L.control.zoom({ zoomInTitle: dataset.in, zoomOutTitle: dataset.out }).addTo(this.map);
    for (const [name, level] of [["land", 200], ["zone", 210], ["borders", 220], ["names", 300]]) {
      this.map.createPane(name).style.zIndex = level;
    }
    this.map.getPane("names").style.pointerEvents = "none";
    this.drawings = drawings;
    this.extent = this.drawZone();
    this.markers = L.layerGroup().addTo(this.map);
    this.names = L.layerGroup().addTo(this.map);
    this.fit();
    drawings.forEach((drawing) => drawing.draw(this.map));
    this.map.on("zoomend", () => this.refresh());
    this.refresh();
    if (dataset.tiles) import(dataset.tilesScript).then(({ addTiles }) => addTiles(this));
    if (dataset.others) import(dataset.othersScript).then(({ Others }) => new Others(this));
  }

  drawZone() {
    const { dataset } = this.figure;
    const zone = {
      departments: words(dataset.zoneDepartments),
      epcis: words(dataset.zoneEpcis),
      communes: words(`${dataset.zoneCommunes} ${dataset.here}`),
    };
    const shapes = this.drawings.flatMap((drawing) => drawing.shapes(zone));
    const style = zone.communes.size > 1 ? COLOURS.patchwork : COLOURS.zone;
    return shapes.length ? L.polygon(shapes, { ...style, pane: "zone" }).addTo(this.map) : null;
  }

  points() {
    return [...document.querySelectorAll("[data-lon]")].map((item) => ({
      item,
      number: item.dataset.number,
      name: item.dataset.name,
      approximate: "approximate" in item.dataset,
      at: [Number(item.dataset.lat), Number(item.dataset.lon)],
    }));
  }

  fit() {
    const bounds = L.latLngBounds(this.points().map((point) => point.at));
    if (this.extent) bounds.extend(this.extent.getBounds());
    if (!bounds.isValid()) bounds.extend(this.everything());
    this.map.fitBounds(bounds, { padding: [28, 28], maxZoom: 11 });
  }

  everything() {
    const shapes = this.drawings.flatMap((one) => one.departments.flatMap((geometry) => polygons(geometry, one.arcs)));
    return L.polygon(shapes).getBounds();
  }

  refresh() {
    this.markers.clearLayers();
    for (const group of this.groups()) this.mark(group);
    this.label();
  }

  /* Greedy, in the order of the list: a marker takes in those that would cover it. */
  groups() {
    const groups = [];
    for (const point of this.points()) {
      const pixel = this.map.latLngToLayerPoint(point.at);
      const near = groups.find((group) => group.pixel.distanceTo(pixel) < NEAR);
      if (near) near.points.push(point);
      else groups.push({ pixel, points: [point] });
    }
    return groups;
  }

  mark({ points }) {
    const [first] = points;
    const alone = points.length === 1;
    const icon = L.divIcon({
      className: `m-marker${alone ? "" : " m-marker--many"}${points.every((one) => one.approximate) ? " m-marker--approximate" : ""}`,
      html: alone ? first.number : `${first.number}<small>+${points.length - 1}</small>`,
      iconSize: null,
    });
    const marker = L.marker(first.at, { icon, keyboard: true, riseOnHover: true }).addTo(this.markers);
    const { service, group } = this.figure.dataset;
    const names = points.map((one) => `${one.number}, ${one.name}`).join(" ; ");
    const label = alone ? `${service} ${names}` : `${points.length} ${group} : ${names}`;
    this.press(marker, label, () => (alone ? this.goTo(first) : this.openGroup(points)));
  }

  /* Leaflet gives its markers the role of a button, and leaves their keys to us. */
  press(marker, label, act) {
    marker.on("click", act);
    marker.getElement().setAttribute("aria-label", label);
    marker.getElement().addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      act();
    });
  }

  /* Whether there was anything to part by zooming in. */
  zoomInto(bounds) {
    const apart = this.map.getBoundsZoom(bounds.pad(0.3)) > this.map.getZoom() + 0.25;
    if (!apart || this.map.getZoom() >= this.map.getMaxZoom()) return false;
    this.map.fitBounds(bounds.pad(0.3), { maxZoom: this.map.getMaxZoom(), animate: !CALM.matches });
    return true;
  }

  goTo({ item }) {
    item.scrollIntoView({ block: "center" });
    const target = item.querySelector(".m-res__title a") ?? item.querySelector(".m-res__title");
    if (target.tagName !== "A") target.tabIndex = -1;
    target.focus({ preventScroll: true });
    item.classList.add("m-result--shown");
    setTimeout(() => item.classList.remove("m-result--shown"), 2000);
  }

  openGroup(points) {
    if (this.zoomInto(L.latLngBounds(points.map((point) => point.at)))) return;
    const list = document.createElement("ol");
    list.className = "m-plain m-marker__list";
    for (const point of points) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "m-link";
      button.textContent = `${point.number}. ${point.name}`;
      button.addEventListener("click", () => this.goTo(point));
      const line = document.createElement("li");
      line.append(button);
      list.append(line);
    }
    L.popup({ maxWidth: 260, autoPanPadding: [12, 12] }).setLatLng(points[0].at).setContent(list).openOn(this.map);
    list.querySelector("button").focus();
  }

  /* Names of towns, the largest first, where they neither meet each other nor hide a marker. */
  label() {
    this.names.clearLayers();
    const pins = [...this.groups().map(({ pixel }) => pixel), ...(this.discs ?? []).map((at) => this.map.latLngToLayerPoint(at))];
    const taken = pins.map(({ x, y }) => box(x, y, 40, 34));
    for (const [name, longitude, latitude] of this.drawings.flatMap((drawing) => drawing.towns)) {
      const { x, y } = this.map.latLngToLayerPoint([latitude, longitude]);
      const isUnder = pins.some((pin) => pin.distanceTo([x, y]) < 26);
      const place = box(x, isUnder ? y + 26 : y, name.length * 7 + 8, 18);
      if (taken.some((other) => meet(other, place))) continue;
      taken.push(place);
      const icon = L.divIcon({ className: `m-town${isUnder ? " m-town--under" : ""}`, html: "<span></span>", iconSize: null });
      const label = L.marker([latitude, longitude], { icon, interactive: false, keyboard: false, pane: "names" });
      label.addTo(this.names);
      label.getElement().firstChild.textContent = name;
    }
  }
}

const box = (x, y, width, height) => ({ x, y, width, height });

function meet(one, other) {
  return Math.abs(one.x - other.x) * 2 < one.width + other.width && Math.abs(one.y - other.y) * 2 < one.height + other.height;
}

let current;

function start() {
  const figure = document.querySelector("[data-map]");
  if (figure && current?.figure === figure) return;
  const wasOpen = Boolean(current?.isOpen);
  current = figure ? new ServiceMap(figure) : undefined;
  if (wasOpen) current?.open();
}

start();
document.addEventListener("maillage:results", start);
