/* What the other pages of the list hold, in the part of the map that is looked at: single services as small discs,
   several as one with their count. Asked again when the map moves, by the address that the page gives. */

const WAIT = 250; // milliseconds without a move
const NEAR = 26; // pixels: discs nearer than this are shown as one
const NEAREST = 22; // a zoom at which points are left alone
const POLE = 85.05;
const SIDE = 30; // pixels, of a disc with what parts it from the next
/* Where a disc may be pressed, from its own place outwards. */
const AROUND = [0, 1, 2, 3].flatMap((ring) => {
  const steps = Array.from({ length: 2 * ring + 1 }, (_, index) => index - ring);
  return steps.flatMap((x) => steps.map((y) => [x, y])).filter(([x, y]) => Math.max(Math.abs(x), Math.abs(y)) === ring);
}).map(([x, y]) => [x * SIDE, y * SIDE]);

const held = (value, most) => Math.max(-most, Math.min(most, value));
const corners = (bounds) =>
  [held(bounds.getWest(), 180), held(bounds.getSouth(), POLE), held(bounds.getEast(), 180), held(bounds.getNorth(), POLE)]
    .map((value) => value.toFixed(5)).join(",");
const swapped = ([longitude, latitude]) => [latitude, longitude];

export class Others {
  constructor(owner) {
    this.owner = owner;
    this.map = owner.map;
    this.words = owner.figure.dataset;
    this.said = owner.figure.querySelector("[data-map-said]");
    this.legend = owner.figure.querySelector("[data-map-legend]");
    this.shown = [...document.querySelectorAll("[data-id]")].map((item) => item.dataset.id).join(",");
    this.discs = L.layerGroup().addTo(this.map);
    this.map.on("moveend", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), WAIT);
    });
    this.look();
  }

  async look() {
    const asked = [corners(this.map.getBounds()), Math.floor(this.map.getZoom())];
    if (String(asked) === this.asked) return;
    this.request?.abort();
    this.request = new AbortController();
    try {
      const found = await this.fetched(...asked, this.request.signal);
      this.asked = String(asked);
      this.draw(found);
      this.said.textContent = found.message;
    } catch (error) {
      if (error.name !== "AbortError") this.said.textContent = error.message;
    }
  }

  async fetched(box, zoom, signal) {
    const answer = await fetch(`${this.words.others}&bbox=${box}&zoom=${zoom}&sauf=${this.shown}`, { signal });
    const found = await answer.json();
    if (!answer.ok) throw new Error(found.detail);
    return found;
  }

  draw({ clusters, points }) {
    const wasHere = this.map.getPane("markerPane").querySelector(".m-disc:focus");
    this.discs.clearLayers();
    this.taken = [...this.numbers(), ...this.controls()];
    for (const cluster of clusters) this.several(swapped(cluster.center), cluster.count, cluster.label, () => this.enter(cluster));
    for (const group of this.groups(points)) this.mark(group);
    this.owner.discs = this.discs.getLayers().map((disc) => disc.getLatLng());
    this.owner.label();
    this.legend.hidden = !(clusters.length + points.length);
    // What was pressed is no longer there: the keyboard goes on from the map.
    if (wasHere) this.map.getContainer().focus({ preventScroll: true });
  }

  groups(points) {
    const groups = [];
    for (const point of points) {
      const pixel = this.map.latLngToLayerPoint(swapped(point.point));
      const near = groups.find((group) => group.pixel.distanceTo(pixel) < NEAR);
      if (near) near.points.push(point);
      else groups.push({ pixel, points: [point] });
    }
    return groups.map((group) => group.points);
  }

  mark(points) {
    const [first] = points;
    const at = swapped(first.point);
    if (points.length === 1) return this.disc(at, "", first.name, () => this.list(at, points));
    const names = points.map((one) => one.name).join(" ; ");
    return this.several(at, points.length, `${points.length} ${this.words.group} : ${names}`, () => {
      if (!this.owner.zoomInto(L.latLngBounds(points.map((one) => swapped(one.point))))) this.list(at, points);
    });
  }

  several(at, count, label, act) {
    this.disc(at, `+${count}`, label, act, "m-disc--many");
  }

  disc(at, text, label, act, css = "") {
    const icon = L.divIcon({ className: `m-disc ${css}`, html: `<span>${text}</span>`, iconSize: null });
    // Under the numbers of the list.
    const marker = L.marker(this.beside(at), { icon, keyboard: true, zIndexOffset: -10000 }).addTo(this.discs);
    this.owner.press(marker, label, act);
  }

  numbers() {
    return this.owner.groups().map(({ pixel, points: { length } }) => ({ pixel, width: length > 1 ? 60 : 36, height: 36 }));
  }

  controls() {
    const { left, top } = this.map.getContainer().getBoundingClientRect();
    return [...this.map.getContainer().querySelectorAll(".leaflet-control")].map((control) => {
      const { x, y, width, height } = control.getBoundingClientRect();
      return { pixel: this.map.containerPointToLayerPoint([x - left + width / 2, y - top + height / 2]), width, height };
    });
  }

  /* Where it is, or as near as it can be pressed: inside the frame, under no number, control or other disc. */
  beside(at) {
    const here = this.map.latLngToLayerPoint(at);
    const corner = this.map.containerPointToLayerPoint([0, 0]);
    const frame = L.bounds(corner.add([SIDE / 2, SIDE / 2]), corner.add(this.map.getSize()).subtract([SIDE / 2, SIDE / 2]));
    const isFree = (pixel) => frame.contains(pixel) && this.taken.every((one) =>
      Math.abs(one.pixel.x - pixel.x) * 2 >= one.width + SIDE || Math.abs(one.pixel.y - pixel.y) * 2 >= one.height + SIDE);
    const pixel = AROUND.map((step) => here.add(step)).find(isFree) ?? here;
    this.taken.push({ pixel, width: SIDE, height: SIDE });
    return this.map.layerPointToLatLng(pixel);
  }

  /* Nearer; or, when nothing nearer would part them, by their names. */
  async enter({ bbox: [west, south, east, north], center }) {
    const bounds = L.latLngBounds([south, west], [north, east]);
    if (this.owner.zoomInto(bounds)) return;
    try {
      const { points, clusters } = await this.fetched(corners(bounds), NEAREST);
      this.list(swapped(center), clusters.length ? [] : points);
    } catch (error) {
      this.said.textContent = error.message;
    }
  }

  list(at, points) {
    const list = document.createElement("ul");
    list.className = "m-plain m-marker__list";
    for (const one of points) list.append(this.line(one));
    if (!points.length) list.textContent = this.words.crowd;
    const popup = L.popup({ maxWidth: 260, maxHeight: 240, autoPanPadding: [12, 12] }).setLatLng(at).setContent(list);
    popup.openOn(this.map);
    popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", this.words.close);
    list.querySelector("a")?.focus({ preventScroll: true });
    popup.on("remove", () => this.map.getContainer().focus({ preventScroll: true }));
  }

  line({ url, name, commune, precision }) {
    const link = document.createElement("a");
    link.href = url;
    link.lang = "fr";
    link.textContent = name;
    const place = document.createElement("small");
    place.textContent = precision === "commune" ? `${commune} ${this.words.approximate}` : commune;
    const line = document.createElement("li");
    line.append(link, place);
    return line;
  }
}
