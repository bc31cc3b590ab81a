/* Completes what is typed (ARIA combobox with a list): a commune in its field; in the question, the words of a
   situation, a type, an organisation or a commune. All of it comes from our own server, and nothing is kept.
   Without this script both fields take the same words. One file, so that a weak network fetches one. */

const WAIT = 150;
const LEAST = 2;
let made = 0;
let released = Promise.resolve();

document.addEventListener("pointerdown", () => {
  released = new Promise((done) => {
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, done, { once: true });
  });
});

class Combobox {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector("input");
    this.list = this.#makeList(`propositions-${(made += 1)}`);
    this.status = this.#makeStatus();
    this.items = [];
    this.active = -1;
    this.#describe();
    this.input.addEventListener("input", () => this.#later());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.#leave());
    this.input.form?.addEventListener("submit", () => this.close());
  }

  #makeList(id) {
    const list = document.createElement("ul");
    list.id = id;
    list.className = "m-options m-plain";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.root.dataset.list);
    // The field keeps the focus: a press may still slide off an option, or scroll the list.
    list.addEventListener("mousedown", (event) => event.preventDefault());
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

  /* Closed while a button is pressed, a list in the page would take that button from under the pointer. */
  async #leave() {
    await released;
    setTimeout(() => this.close(), WAIT);
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), WAIT);
  }

  async #ask() {
    const text = this.input.value.trim();
    if (text.length < LEAST) return this.close();
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    try {
      const answer = await this.ask(text, { signal: request.signal, credentials: "same-origin" });
      const items = answer.ok ? await answer.json() : [];
      if (!request.signal.aborted && document.activeElement === this.input) this.#show(items);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  #show(items) {
    const { none = "", one, some } = this.root.dataset;
    // On a slow network, an answer comes after the arrows: what was chosen stays so while it is proposed.
    const chosen = JSON.stringify(this.items[this.active]);
    this.items = items;
    this.list.replaceChildren(...items.map((item, index) => this.#option(item, index)));
    this.list.scrollTop = 0;
    this.#choose(items.findIndex((item) => JSON.stringify(item) === chosen));
    this.status.textContent = items.length ? `${items.length} ${items.length > 1 ? some : one}` : none;
    this.#open(items.length > 0);
  }

  #open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  #option(item, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(...this.parts(item));
    option.addEventListener("click", () => this.#take(index));
    return option;
  }

  #key(event) {
    if (event.isComposing) return;
    const last = this.items.length - 1;
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
    this.#choose(index);
    this.list.children[index].scrollIntoView({ block: "nearest" });
  }

  #choose(index) {
    this.active = index;
    [...this.list.children].forEach((option, number) => {
      option.setAttribute("aria-selected", String(number === index));
    });
    if (index < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", this.list.children[index].id);
  }

  #take(index) {
    const item = this.items[index];
    this.close();
    this.take(item);
  }

  /* An answer that is still on its way would open the list again. */
  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.#choose(-1);
    this.#open(false);
  }
}

function part(tag, text, language) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (language) element.lang = language;
  return element;
}

class PlaceField extends Combobox {
  ask(text, options) {
    return fetch(`${this.root.dataset.source}?${new URLSearchParams({ q: text })}`, options);
  }

  parts(commune) {
    const where = `${commune.postal_codes.slice(0, 2).join(", ")} · ${commune.department_name}`;
    return [`${commune.name} (${commune.department})`, part("small", where)];
  }

  take(commune) {
    this.input.value = `${commune.name} (${commune.department})`;
  }
}

class QuestionField extends Combobox {
  /* Posted, as the search is: no address, and no log of addresses, holds what is typed. */
  ask(text, options) {
    return fetch(this.root.dataset.source, { ...options, method: "POST", body: new URLSearchParams({ q: text }) });
  }

  parts(item) {
    const detail = [item.kind_label, item.detail].filter(Boolean).join(" · ");
    return [part("span", item.label, "fr"), part("small", detail)];
  }

  take({ q, lieu }) {
    this.input.value = q;
    if (lieu === null) return;
    this.input.form.elements.lieu.value = lieu;
    this.status.textContent = `${this.root.dataset.placed} ${lieu}`;
  }
}

const FIELDS = { place: PlaceField, question: QuestionField };

function enhance() {
  for (const root of document.querySelectorAll("[data-combobox]:not([data-ready])")) {
    root.dataset.ready = "";
    new FIELDS[root.dataset.combobox](root);
  }
}

enhance();
document.addEventListener("maillage:results", enhance);
