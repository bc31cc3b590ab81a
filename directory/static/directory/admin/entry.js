// Makes the fields of the administration easier. Each of them is plain text that works without this file.
(() => {
  const { Controller } = window.StimulusModule;
  const PAUSE = 250;

  const ask = async (address, text) => {
    const token = document.querySelector('[name=csrfmiddlewaretoken]');
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'X-CSRFToken': token ? token.value : '' },
      body: new URLSearchParams({ text }),
    });
    return response.ok ? response.json() : null;
  };

  const later = (action) => {
    let timer;
    return (...args) => {
      clearTimeout(timer);
      timer = setTimeout(() => action(...args), PAUSE);
    };
  };

  // Says back, in French, the hours that were understood.
  class Hours extends Controller {
    static targets = ['said'];
    static values = { address: String };

    connect() {
      this.input = this.element.querySelector('input');
      this.listen = later(() => this.read());
      this.input.addEventListener('input', this.listen);
    }

    disconnect() {
      this.input.removeEventListener('input', this.listen);
    }

    async read() {
      const text = this.input.value;
      const answer = text.trim() ? await ask(this.addressValue, text) : { said: '', refused: '' };
      if (!answer || text !== this.input.value) return;
      this.saidTarget.textContent = answer.said || answer.refused;
      this.saidTarget.classList.toggle('m-understood--not', Boolean(answer.refused));
    }
  }

  // Suggests names as they are typed, in the browser's own list.
  class Suggested extends Controller {
    static values = { address: String };

    connect() {
      this.input = this.element.querySelector('input[type=text]');
      this.list = document.createElement('datalist');
      this.list.id = `suggested-${Math.random().toString(36).slice(2)}`;
      this.element.append(this.list);
      this.input.setAttribute('list', this.list.id);
      this.input.setAttribute('autocomplete', 'off');
      this.listen = later(() => this.suggest());
      this.input.addEventListener('input', this.listen);
    }

    disconnect() {
      this.input.removeEventListener('input', this.listen);
      this.list.remove();
    }

    async suggest() {
      const text = this.input.value.trim();
      if (text.length < 2) return;
      const answer = await ask(this.addressValue, text);
      if (!answer) return;
      this.list.replaceChildren(
        ...answer.choices.map((choice) => Object.assign(document.createElement('option'), { value: choice })),
      );
    }
  }

  // A point: typed as « latitude, longitude », or set on a map of our own outlines.
  class Point extends Controller {
    static targets = ['map', 'said'];
    static values = { outlines: String, commune: String, empty: String };

    connect() {
      this.input = this.element.querySelector('input');
      this.typed = () => this.mark(this.read());
      this.input.addEventListener('change', this.typed);
      this.tell();
    }

    disconnect() {
      this.input.removeEventListener('change', this.typed);
      if (this.map) this.map.remove();
      this.map = null;
    }

    read() {
      const parts = this.input.value.split(/[;\s]+|,\s+/).filter(Boolean).map((part) => Number(part.replace(',', '.')));
      return parts.length === 2 && parts.every(Number.isFinite) ? parts : null;
    }

    tell() {
      this.saidTarget.textContent = this.input.value.trim() ? '' : this.emptyValue;
    }

    clear() {
      this.input.value = '';
      if (this.marker) this.marker.remove();
      this.marker = null;
      this.changed();
    }

    changed() {
      this.tell();
      this.input.dispatchEvent(new Event('input', { bubbles: true }));
    }

    async show(event) {
      const isHidden = this.mapTarget.hidden;
      this.mapTarget.hidden = !isHidden;
      event.currentTarget.setAttribute('aria-expanded', String(isHidden));
      if (!isHidden || this.map) return;
      this.draw();
      await this.outline();
      await this.begin();
    }

    draw() {
      this.map = L.map(this.mapTarget, { attributionControl: false, minZoom: 5, maxZoom: 18 }).setView([46.6, 2.4], 5);
      this.map.on('click', (event) => this.set(event.latlng));
      this.seen = new ResizeObserver(() => this.map && this.map.invalidateSize());
      this.seen.observe(this.mapTarget);
    }

    async outline() {
      const response = await fetch(this.outlinesValue);
      if (!response.ok || !this.map) return;
      const { scale, rings, towns } = await response.json();
      const degrees = (whole) => whole.map((number) => number / scale);
      const shapes = rings.map((ring) => ring.map(degrees));
      shapes.forEach((ring) => L.polygon(ring, { color: '#3d5a80', weight: 2, fillOpacity: 0.06, interactive: false }).addTo(this.map));
      const names = L.layerGroup();
      towns.forEach(([name, ...whole]) => {
        const place = degrees(whole);
        L.circleMarker(place, { radius: 2, color: '#52606d', interactive: false }).addTo(names);
        L.tooltip(place, { permanent: true, direction: 'right', className: 'm-town', content: document.createTextNode(name) }).addTo(names);
      });
      const sift = () => (this.map.getZoom() >= 10 ? names.addTo(this.map) : names.remove());
      this.map.on('zoomend', sift);
      if (shapes.length) this.map.fitBounds(shapes.flat(), { animate: false });
    }

    // Where the point is; else where the commune typed above is.
    async begin() {
      const own = this.read();
      if (own) {
        this.mark(own);
        this.map.setView(own, 14, { animate: false });
        return;
      }
      const row = this.element.closest('[data-inline-panel-child], form');
      const commune = row && row.querySelector('input[name$="commune"]');
      const answer = commune && commune.value ? await ask(this.communeValue, commune.value) : null;
      if (answer && answer.point && this.map) this.map.setView(answer.point, 12, { animate: false });
    }

    set(place) {
      const point = [place.lat, place.lng];
      this.input.value = point.map((degrees) => degrees.toFixed(5)).join(', ');
      this.mark(point);
      this.changed();
    }

    mark(point) {
      this.tell();
      if (!this.map || !point) return;
      if (this.marker) this.marker.setLatLng(point);
      else {
        this.marker = L.circleMarker(point, { radius: 8, color: '#9b2226', fillOpacity: 0.8 }).addTo(this.map);
      }
    }
  }

  // The quick page: known organisations are suggested; a type that hides its address shows no place.
  class Entry extends Controller {
    static targets = ['notice'];
    static values = { hidden: String };

    connect() {
      this.element.querySelector('[name=organisation]').setAttribute('list', 'organisations-connues');
      this.type = this.element.querySelector('[name=type]');
      this.sift = () => this.show();
      this.element.addEventListener('change', this.sift);
      this.show();
    }

    disconnect() {
      this.element.removeEventListener('change', this.sift);
    }

    show() {
      const hides = this.hiddenValue.split(',').includes(this.type.value);
      const coverage = this.element.querySelector('[name=coverage]:checked');
      ['commune', 'street', 'address_visibility'].forEach((name) => this.toggle(name, !hides));
      this.toggle('communes', !hides && coverage && coverage.value === 'communes');
      this.noticeTarget.hidden = !hides;
    }

    toggle(name, isShown) {
      const field = this.element.querySelector(`[data-entry-field=${name}]`);
      const isWritten = field.querySelector('input, textarea, select').value !== '';
      field.hidden = !isShown && !isWritten;
    }
  }

  const { app } = window.wagtail;
  app.register('hours', Hours);
  app.register('suggested', Suggested);
  app.register('point', Point);
  app.register('entry', Entry);
})();
