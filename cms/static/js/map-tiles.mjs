/* Streets under the outlines, from this site's own address. Should none come, the outlines stand as they were. */

const [TURNS, WAIT] = [5, 600]; // a server that fetches for others asks us to come back

export function addTiles({ map, figure }) {
  map.createPane("streets").style.zIndex = 150;
  const layer = L.tileLayer(figure.dataset.tiles, { pane: "streets", maxZoom: 19, noWrap: true, updateWhenIdle: true });
  layer.on("tileerror", ({ tile }) => {
    const turn = Number(tile.dataset.turn ?? 0) + 1;
    tile.dataset.turn = turn;
    if (turn <= TURNS) setTimeout(() => { tile.src = `${tile.src.split("?")[0]}?${turn}`; }, WAIT * turn);
  });
  layer.on("tileload", ({ tile }) => {
    // One pixel wide: there is no such tile.
    if (tile.naturalWidth > 1) map.getContainer().classList.add("m-map--streets");
  });
  layer.addTo(map);
  const credit = L.control({ position: "bottomright" });
  credit.onAdd = () => {
    const text = figure.querySelector("[data-map-credit]");
    text.hidden = false;
    L.DomEvent.disableClickPropagation(text);
    return text;
  };
  credit.addTo(map);
}
