/* Completes the name of a commune while it is typed (ARIA combobox with a list). Communes come from our own
   server; without this script the field takes a name or a postal code all the same. */

const WAIT = 150;
const LEAST = 2;

class PlaceField {
  constructor(root, number) {
    this.root = root;
    this.input = root.querySelector("input");
    this.list = this.#makeList(`communes-${number}`);
    this.status = this.#makeStatus();
    this.options = [];
    this.active = -1;
    this.#describe();
    this.input.addEventListener("input", () => this.#later());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), WAIT));
  }

  #makeList(id) {
    const list = document.createElement("ul");
    list.id = id;
    list.className = "m-options m-plain";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.root.dataset.list);
    this.root.append(list);
    return list;
  }

  #makeStatus() {
    const status = document.createElement("span");
    status.className = "fr-sr-only";
    status.setAttribute("role", "status");
    this.root.append(status);
    return status;
  }

  #describe() {
    const { input } = this;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), WAIT);
  }

  async #ask() {
    const text = this.input.value.trim();
    if (text.length < LEAST) return this.close();
    this.request?.abort();
    this.request = new AbortController();
    try {
      const url = `${this.root.dataset.source}?${new URLSearchParams({ q: text })}`;
      const answer = await fetch(url, { signal: this.request.signal, credentials: "same-origin" });
      if (answer.ok) this.#show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  #show(communes) {
    this.options = communes;
    this.active = -1;
    this.list.replaceChildren(...communes.map((commune, index) => this.#option(commune, index)));
    const { none, some } = this.root.dataset;
    this.status.textContent = communes.length ? `${communes.length} ${some}` : none;
    this.list.hidden = !communes.length;
    this.input.setAttribute("aria-expanded", String(Boolean(communes.length)));
  }

  #option(commune, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const place = document.createElement("small");
    place.textContent = `${commune.postal_codes.slice(0, 2).join(", ")} · ${commune.department_name}`;
    option.append(`${commune.name} (${commune.department})`, place);
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.#take(index);
    });
    return option;
  }

  #key(event) {
    const last = this.options.length - 1;
    if (this.list.hidden) {
      if (event.key === "ArrowDown") this.#ask();
      return;
    }
    if (event.key === "ArrowDown") this.#move(this.active < last ? this.active + 1 : 0);
    else if (event.key === "ArrowUp") this.#move(this.active > 0 ? this.active - 1 : last);
    else if (event.key === "Enter" && this.active >= 0) this.#take(this.active);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  #move(index) {
    this.active = index;
    [...this.list.children].forEach((option, number) => {
      option.setAttribute("aria-selected", String(number === index));
    });
    const option = this.list.children[index];
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #take(index) {
    const commune = this.options[index];
    this.input.value = `${commune.name} (${commune.department})`;
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

function enhance() {
  document.querySelectorAll("[data-place]:not([data-ready])").forEach((root, number) => {
    root.dataset.ready = "";
    new PlaceField(root, `${number}-${Math.random().toString(36).slice(2, 7)}`);
  });
}

enhance();
document.addEventListener("maillage:results", enhance);
