/* Refreshes the results when a filter changes, without reloading. The form posts as it does without a script;
   the answer is the same page, of which the changed parts are taken. The address stays one that tells nothing. */

const PARTS = ["compris-zone", "filtres-contenu", "resultats", "cote"];
const form = document.getElementById("filtres");
let request;

async function refresh() {
  request?.abort();
  request = new AbortController();
  const busy = document.getElementById("resultats");
  busy.setAttribute("aria-busy", "true");
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, signal: request.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("resultats")) return location.assign(answer.url);
    history.replaceState(null, "", answer.url);
    show(page);
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  } finally {
    busy.removeAttribute("aria-busy");
  }
}

function show(page) {
  const focused = document.activeElement?.id;
  const announced = page.getElementById("annonce")?.textContent ?? "";
  for (const id of PARTS) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (!old || !fresh) continue;
    if (id === "resultats") keepLiveRegion(old, fresh);
    else old.replaceChildren(...fresh.childNodes);
  }
  const count = document.getElementById("compte");
  if (count) count.textContent = page.getElementById("compte")?.textContent ?? "";
  document.getElementById("annonce").textContent = announced;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("maillage:results"));
}

/* A live region that is itself replaced is not read: its element stays, its text changes. */
function keepLiveRegion(old, fresh) {
  const region = document.getElementById("annonce");
  const placeholder = fresh.querySelector("#annonce");
  placeholder.replaceWith(region);
  old.replaceChildren(...fresh.childNodes);
}

if (form) {
  document.addEventListener("change", (event) => {
    if (event.target.form === form) refresh();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    refresh();
    if (form.matches(":popover-open")) form.hidePopover();
  });
}
