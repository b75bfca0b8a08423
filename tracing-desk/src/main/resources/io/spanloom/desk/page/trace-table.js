// The list: a line for each trace, only those in sight drawn.

import { h, replace } from './dom.js';
import { VirtualRows } from './virtual-rows.js';
import { clock, count, duration, path } from './format.js';
import { outcome, OUTCOME, ORPHAN } from './flags.js';
import { hue } from './hues.js';

const ROW = 34;
/** About what a letter of a service's name takes, and what is around the name. */
const LETTER = 6.4, AROUND = 25, MORE = 28;
const COLUMNS = [['newest', 'Time'], ['duration', 'Duration'], ['status', 'Status'], ['name', 'Operation'], ['service', 'Services'], ['spans', 'Spans']];

export class TraceTable extends HTMLElement {
  constructor(opened, sorted, markedChanged) {
    super();
    this.opened = opened;
    this.sorted = sorted;
    this.markedChanged = markedChanged;
    this.rows = [];
    this.marked = [];
    this.chosen = null;
    this.heads = h('div.heads', { role: 'row' }, COLUMNS.map(([name, title]) => h(`div.cell.${name}`, { role: 'columnheader' },
      h('button', { onclick: () => this.sorted(name), 'data-sort': name }, title))));
    this.scroller = h('div.scroller', {
      role: 'grid', tabindex: '0', 'aria-label': 'Traces', onkeydown: (event) => this.key(event),
    }, this.heads);
    this.append(this.scroller);
    this.list = new VirtualRows(this.scroller, ROW, () => this.create(), (element, i) => this.fill(element, i));
    this.list.body.setAttribute('role', 'rowgroup');
    this.room = 0;
    this.sized = new ResizeObserver(() => this.measure());
  }

  connectedCallback() {
    this.list.observe();
    this.sized.observe(this.heads);
  }

  disconnectedCallback() {
    this.list.close();
    this.sized.disconnect();
  }

  /** Room for services, less what says how many more there are. */
  measure() {
    const room = this.heads.querySelector('.service').clientWidth - 24 - MORE;
    if (room === this.room) return;
    this.room = room;
    this.list.refresh();
  }

  /** @param added how many came on top: whoever has scrolled down goes on seeing what they saw */
  show(rows, state, added) {
    const at = this.scroller.scrollTop;
    this.rows = rows;
    this.longest = 0;
    for (const row of rows) this.longest = Math.max(this.longest, row.duration || 0);
    this.scroller.setAttribute('aria-rowcount', String(rows.length + 1));
    this.list.reset(rows.length);
    if (added && at > ROW) this.scroller.scrollTop = at + added * ROW;
    for (const button of this.heads.querySelectorAll('button')) {
      const on = button.dataset.sort === (state.sort || 'newest');
      button.parentElement.setAttribute('aria-sort', !on ? 'none' : state.dir === 'asc' ? 'ascending' : 'descending');
    }
  }

  create() {
    const row = h('div.row', { role: 'row', onclick: (event) => this.click(row, event) },
      COLUMNS.map(([name]) => h(`div.cell.${name}`, { role: 'gridcell' })));
    return row;
  }

  click(element, event) {
    const row = this.rows.find((one) => one.id === element.dataset.id);
    if (!row) return;
    this.choose(row);
    if (event.ctrlKey || event.metaKey) this.mark();
    else this.opened(row);
  }

  fill(element, i) {
    const row = this.rows[i];
    if (!row) return;
    const [time, took, status, name, services, spans] = element.children;
    const how = outcome(row.flags);
    element.id = `trace-${row.id}`;
    element.dataset.id = row.id;
    element.className = `row ${how}`;
    element.classList.toggle('marked', this.marked.includes(row.id));
    element.setAttribute('aria-rowindex', String(i + 2));
    element.setAttribute('aria-selected', String(row === this.chosen));
    time.textContent = clock(row.start);
    const share = this.longest ? Math.sqrt((row.duration || 0) / this.longest) : 0;
    replace(took, h('i.length', { style: { width: `${Math.max(2, share * 100)}%` } }), h('span', duration(row.duration)));
    replace(status, h(`span.pill.${how}`, row.status || OUTCOME[how]), row.status && how === 'progress' ? '…' : null);
    const what = [row.method && !row.name.startsWith(row.method) ? h('span.method', row.method) : null, h('span.operation', row.name)];
    const where = path(row.url);
    replace(name, what, where && !row.name.includes(where) ? h('span.path', where) : null,
      row.flags & ORPHAN ? h('span.remark', 'its root has not come') : null);
    const named = this.fitting(row.services);
    services.title = row.services.join(', ');
    replace(services, row.services.slice(0, named).map((service) => h('span.svc', { style: { '--hue': hue(service) }, }, h('i.dot'), service)),
      row.services.length + row.moreServices > named ? h('span.more', `+${row.services.length + row.moreServices - named}`) : null);
    spans.textContent = count(row.spans);
  }

  /** How many names stand in the column whole; the first does in any case. */
  fitting(names) {
    let left = this.room, count = 0;
    while (count < names.length && (left -= AROUND + LETTER * names[count].length) >= (count === names.length - 1 ? -MORE : 0)) count++;
    return Math.max(1, count);
  }

  choose(row) {
    this.chosen = row;
    if (!row) return;
    this.list.ensureVisible(this.rows.indexOf(row));
    this.list.refresh();
    this.scroller.setAttribute('aria-activedescendant', `trace-${row.id}`);
  }

  step(by) {
    if (!this.rows.length) return;
    const at = this.chosen ? this.rows.findIndex((row) => row.id === this.chosen.id) : -1;
    this.choose(this.rows[Math.max(0, Math.min(this.rows.length - 1, at + by))]);
    this.scroller.focus({ preventScroll: true });
  }

  openChosen() {
    if (this.chosen) this.opened(this.chosen);
  }

  /** At most two: the third takes the place of the first. */
  mark() {
    if (!this.chosen) return;
    const { id } = this.chosen;
    this.marked = this.marked.includes(id) ? this.marked.filter((one) => one !== id) : [...this.marked, id].slice(-2);
    this.list.refresh();
    this.markedChanged(this.marked);
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: this.list.page, PageUp: -this.list.page, Home: -Infinity, End: Infinity };
    if (event.target !== this.scroller) return;
    if (event.key in steps) {
      event.preventDefault();
      this.step(steps[event.key]);
    } else if (event.key === ' ') {
      event.preventDefault();
      this.mark();
    }
  }
}

customElements.define('desk-trace-table', TraceTable);
