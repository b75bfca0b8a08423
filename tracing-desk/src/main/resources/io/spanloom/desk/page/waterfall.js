// The spans as bars in time, one line each, as a tree. Of 100,000 lines only those in sight are drawn.

import { h, replace } from './dom.js';
import { VirtualRows } from './virtual-rows.js';
import { count, micros } from './format.js';
import { BAD, FAULT, HINT, IN_PROGRESS, ORPHAN, SECRET, SEGMENT, SKEW, SQL, AWS, REMOTE, kind, outcome } from './flags.js';
import { hue } from './hues.js';
import { store, stored } from './storage.js';

const ROW = 30;
const MAX_GUIDES = 24;

export class Waterfall extends HTMLElement {
  constructor(model, chosen) {
    super();
    this.model = model;
    this.chosen = chosen;
    this.closed = new Set();
    this.matches = null;
    this.onlyMatches = false;
    this.criticalOnly = false;
    this.minimum = 0;
    this.without = new Set();
    this.selected = -1;
    this.window = [0, model.length];
    this.ruler = h('div.ruler', { 'aria-hidden': 'true' });
    this.split = h('div.split', { role: 'separator', tabindex: '0', 'aria-label': 'Width of the names', 'aria-orientation': 'vertical',
      'aria-valuemin': '15', 'aria-valuemax': '75', onpointerdown: (event) => this.drag(event), onkeydown: (event) => this.splitKey(event) });
    this.scroller = h('div.scroller', { role: 'treegrid', tabindex: '0', 'aria-label': 'Spans', onkeydown: (event) => this.key(event) });
    this.append(h('div.top', h('span.what', 'Span'), this.ruler, this.split), this.scroller);
    this.list = new VirtualRows(this.scroller, ROW, () => this.create(), (element, i) => this.fill(element, i));
    this.list.body.setAttribute('role', 'rowgroup');
    this.setSplit(Number(stored('spanloom.split')) || 38);
    this.arrange();
  }

  connectedCallback() {
    this.list.observe();
    // Whoever has looked at another picture meanwhile has chosen there.
    const place = this.places.get(this.selected);
    if (place !== undefined) this.list.ensureVisible(place);
  }

  disconnectedCallback() {
    this.list.close();
  }

  // --- which rows there are

  arrange() {
    const { model } = this;
    const shown = [];
    const kept = this.kept();
    for (let row = 0; row < model.size; row++) {
      if (!kept || kept[row]) shown.push(row);
      if (this.closed.has(row) && !(kept && this.onlyMatches)) row = model.lastBelow[row];
    }
    this.shown = Int32Array.from(shown);
    this.places = new Map();
    shown.forEach((row, place) => this.places.set(row, place));
    this.scroller.setAttribute('aria-rowcount', String(shown.length));
    this.list.reset(shown.length);
    this.drawRuler();
  }

  /** One byte for each row that passes what was asked for, its ancestors with it; null if nothing was. */
  kept() {
    const { model } = this;
    const matching = this.onlyMatches && this.matches;
    if (!matching && !this.criticalOnly && !this.minimum && !this.without.size) return null;
    const kept = new Uint8Array(model.size);
    for (let row = 0; row < model.size; row++) {
      if (matching && !this.matches.has(row)) continue;
      if (this.criticalOnly && !model.critical.has(row)) continue;
      if (this.without.size && this.without.has(kind(model.flags[row]))) continue;
      if (model.duration(row) < this.minimum && !(model.flags[row] & BAD)) continue;
      for (let at = row; at >= 0 && !kept[at]; at = model.parents[at]) kept[at] = 1;
    }
    return kept;
  }

  toggle(row, open = this.closed.has(row)) {
    if (!this.model.children[row]) return;
    if (open) this.closed.delete(row);
    else this.closed.add(row);
    this.arrange();
  }

  /** Closes everything below a level; all is open at the deepest. */
  level(depth) {
    const { model } = this;
    this.closed.clear();
    for (let row = 0; row < model.size; row++) if (model.children[row] && model.depths[row] >= depth) this.closed.add(row);
    if (this.selected >= 0) {
      const way = model.way(this.selected);
      const closed = way.find((row) => this.closed.has(row));
      if (closed !== undefined && closed !== this.selected) this.selected = closed;
    }
    this.arrange();
    this.select(this.selected, false);
  }

  find(matches, onlyMatches) {
    this.matches = matches;
    this.onlyMatches = onlyMatches;
    this.arrange();
  }

  show(options) {
    Object.assign(this, options);
    this.arrange();
  }

  zoom(from, to) {
    this.window = to - from < 2 ? [0, this.model.length] : [Math.max(0, from), Math.min(this.model.length, to)];
    this.drawRuler();
    this.list.refresh();
    this.dispatchEvent(new CustomEvent('zoom'));
  }

  // --- drawing

  drawRuler() {
    const [from, to] = this.window;
    const steps = 4;
    replace(this.ruler, Array.from({ length: steps + 1 }, (_, i) => h('span', {
      style: i === steps ? { right: '4px' } : { left: `${(i / steps) * 100}%` } }, micros(from + ((to - from) * i) / steps))));
  }

  create() {
    const parts = {
      tree: h('div.tree', { role: 'gridcell' }),
      time: h('div.time', { role: 'gridcell' }),
      indent: h('span.indent', { 'aria-hidden': 'true' }),
      toggle: h('span.toggle', { 'aria-hidden': 'true' }),
      dot: h('i.dot'), name: h('span.name'), service: h('span.of'), marks: h('span.marks'),
      bar: h('div.span-bar'), self: h('i.self'), critical: h('i.path'), label: h('span.label'),
    };
    parts.tree.append(parts.indent, parts.toggle, parts.dot, parts.name, parts.service, parts.marks);
    parts.time.append(parts.bar, parts.critical, parts.label);
    const element = h('div.row', { role: 'row', onclick: (event) => this.click(element, event), ondblclick: () => this.zoomTo(element.row) }, parts.tree, parts.time);
    element.parts = parts;
    return element;
  }

  click(element, event) {
    if (element.parts.toggle.contains(event.target)) this.toggle(element.row);
    else this.select(element.row);
  }

  fill(element, place) {
    const row = this.shown[place];
    const { model } = this;
    if (row === undefined) return;
    const { parts } = element;
    const flags = model.flags[row];
    const service = model.service(row);
    const how = outcome(flags);
    element.row = row;
    element.id = `span-${row}`;
    element.className = `row tinted ${how}`;
    if (flags & SEGMENT) element.classList.add('segment');
    if (this.matches) element.classList.add(this.matches.has(row) ? 'match' : 'other');
    if (this.criticalShown && !model.critical.has(row)) element.classList.add('aside');
    element.style.setProperty('--hue', hue(service));
    element.setAttribute('aria-rowindex', String(place + 1));
    element.setAttribute('aria-level', String(model.depths[row] + 1));
    element.setAttribute('aria-selected', String(row === this.selected));
    if (model.children[row]) element.setAttribute('aria-expanded', String(!this.closed.has(row)));
    else element.removeAttribute('aria-expanded');
    parts.indent.style.width = `${Math.min(model.depths[row], MAX_GUIDES) * 14}px`;
    parts.toggle.textContent = model.children[row] ? (this.closed.has(row) ? '▸' : '▾') : '';
    parts.toggle.classList.toggle('leaf', !model.children[row]);
    parts.name.textContent = model.name(row) || '(no name)';
    const parent = model.parents[row];
    parts.service.textContent = parent < 0 || model.service(parent) !== service ? service : '';
    replace(parts.marks, this.marks(row, flags));
    this.fillBar(parts, row, flags, how);
  }

  marks(row, flags) {
    const mark = (cls, text, title) => h(`span.mark.${cls}`, { title }, text);
    return [
      this.closed.has(row) ? mark('below', `+${count(this.model.lastBelow[row] - row)}`, 'spans below') : null,
      flags & SQL ? mark('kind', 'SQL', 'Database call') : flags & AWS ? mark('kind', 'AWS', 'Call of AWS') : flags & REMOTE ? mark('kind', '↗', 'Call to another service') : null,
      flags & ORPHAN ? mark('warn', 'no parent', 'Its parent has not come') : null,
      flags & SKEW ? mark('warn', 'clock', 'Begins before its caller') : null,
      flags & SECRET ? mark('warn', 'secret?', 'Holds what looks like a secret') : null,
      flags & HINT ? mark('hint', 'hint', 'X-Ray would object') : null,
    ];
  }

  fillBar(parts, row, flags, how) {
    const { model } = this;
    const [from, to] = this.window;
    const width = to - from;
    const left = ((model.starts[row] - from) / width) * 100, right = ((model.end(row) - from) / width) * 100;
    const seen = right >= 0 && left <= 100;
    const a = Math.max(0, left), b = Math.min(100, right);
    parts.bar.hidden = !seen;
    parts.bar.style.left = `${a}%`;
    parts.bar.style.width = `${Math.max(0, b - a)}%`;
    parts.bar.className = `span-bar ${how}${flags & IN_PROGRESS ? ' open' : ''}${left < 0 ? ' cut-left' : ''}${right > 100 ? ' cut-right' : ''}`;
    const pieces = this.criticalShown ? model.critical.get(row) : null;
    parts.critical.hidden = !pieces || !seen;
    if (pieces) replace(parts.critical, pieces.slice(0, 200).map(([begin, end]) => h('b', {
      style: { left: `${((begin - from) / width) * 100}%`, width: `${Math.max(0.15, ((end - begin) / width) * 100)}%` } })));
    const self = model.children[row] ? `  self ${micros(model.selfTimes[row])}` : '';
    parts.label.textContent = seen ? `${flags & IN_PROGRESS ? 'in progress' : micros(model.duration(row))}${flags & FAULT ? ' · fault' : flags & BAD ? ` · ${how}` : ''}` : left > 100 ? '→' : '←';
    parts.label.title = `${micros(model.duration(row))}${self}`;
    const after = b < 82;
    parts.label.className = `label ${after ? 'after' : a > 18 ? 'before' : 'inside'}`;
    parts.label.style.left = after ? `${b}%` : a > 18 ? 'auto' : `${a}%`;
    parts.label.style.right = !after && a > 18 ? `${100 - a}%` : 'auto';
  }

  // --- moving

  select(row, tell = true) {
    this.selected = row;
    if (row < 0) return;
    let hidden = false;
    for (let at = this.model.parents[row]; at >= 0; at = this.model.parents[at]) hidden = this.closed.delete(at) || hidden;
    if (hidden) this.arrange();
    if (!this.places.has(row) && (this.onlyMatches || this.criticalOnly || this.minimum || this.without.size)) {
      Object.assign(this, { onlyMatches: false, criticalOnly: false, minimum: 0, without: new Set() });
      this.arrange();
      this.dispatchEvent(new CustomEvent('unhidden'));
    }
    const place = this.places.get(row);
    if (place !== undefined) this.list.ensureVisible(place);
    this.list.refresh();
    this.scroller.setAttribute('aria-activedescendant', `span-${row}`);
    if (tell) this.chosen(row);
  }

  step(by) {
    if (!this.shown.length) return;
    const at = this.places.get(this.selected) ?? -1;
    this.select(this.shown[Math.max(0, Math.min(this.shown.length - 1, at + by))]);
  }

  /** The next row of the whole trace for which a test holds, around the end. */
  seek(test, direction) {
    const { size } = this.model;
    for (let step = 1; step <= size; step++) {
      const row = (((this.selected + direction * step) % size) + size) % size;
      if (test(row)) {
        this.select(row);
        return true;
      }
    }
    return false;
  }

  nextBad(direction) {
    return this.seek((row) => this.model.flags[row] & BAD, direction);
  }

  nextMatch(direction) {
    return this.matches?.size ? this.seek((row) => this.matches.has(row), direction) : false;
  }

  zoomTo(row) {
    if (row < 0) return;
    const room = Math.max(2, this.model.duration(row) * 0.05);
    this.zoom(this.model.starts[row] - room, this.model.end(row) + room);
  }

  key(event) {
    const row = this.selected, { model } = this;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: this.list.page, PageUp: -this.list.page, Home: -Infinity, End: Infinity };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in steps) this.step(steps[event.key]);
    else if (event.key === 'ArrowRight' && row >= 0) {
      if (this.closed.has(row)) this.toggle(row, true);
      else if (model.children[row]) this.step(1);
    } else if (event.key === 'ArrowLeft' && row >= 0) {
      if (model.children[row] && !this.closed.has(row)) this.toggle(row, false);
      else if (model.parents[row] >= 0) this.select(model.parents[row]);
    } else if (event.key === 'Enter' && row >= 0) this.dispatchEvent(new CustomEvent('enter'));
    else return;
    event.preventDefault();
  }

  // --- the width of the names

  setSplit(percent) {
    this.percent = Math.max(15, Math.min(75, percent));
    this.style.setProperty('--split', `${this.percent}%`);
    this.split.setAttribute('aria-valuenow', String(Math.round(this.percent)));
    store('spanloom.split', String(this.percent));
  }

  drag(event) {
    this.split.setPointerCapture(event.pointerId);
    const move = (moved) => {
      const box = this.getBoundingClientRect();
      this.setSplit(((moved.clientX - box.left) / box.width) * 100);
    };
    this.split.addEventListener('pointermove', move);
    this.split.addEventListener('pointerup', () => this.split.removeEventListener('pointermove', move), { once: true });
  }

  splitKey(event) {
    const step = { ArrowLeft: -2, ArrowRight: 2 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.setSplit(this.percent + step);
  }
}

customElements.define('desk-waterfall', Waterfall);
