// Which services call which, over a range of time.

import { h, replace } from './dom.js';
import { ask } from './ask.js';
import { FilterBar } from './filter-bar.js';
import { ServiceMap, facts } from './service-map.js';
import { go, keep } from './route.js';
import { keysOfView } from './keys.js';
import { count, counted, duration, percent } from './format.js';
import { hue } from './hues.js';

const RANGES = [['60', 'Last minute'], ['300', 'Last 5 minutes'], ['900', 'Last 15 minutes'], ['3600', 'Last hour'], ['', 'All that is held']];

export class View extends HTMLElement {
  constructor(at) {
    super();
    this.state = { range: at.parameters.range ?? '', filter: at.parameters.filter || '' };
  }

  connectedCallback() {
    this.className = 'map-view view';
    this.range = h('select', { 'aria-label': 'Range of time', onchange: () => this.change({ range: this.range.value }) }, RANGES.map(([value, text]) => h('option', { value }, text)));
    this.range.value = this.state.range;
    this.found = h('span.found', { role: 'status' });
    this.bar = new FilterBar(this.state.filter, (filter) => this.change({ filter }));
    this.map = new ServiceMap((picked) => this.pick(picked));
    this.table = h('div.table', { tabindex: '0', role: 'region', 'aria-label': 'Services' });
    this.append(h('header.bar', h('h1', 'Service map'), this.found, h('span.space'), this.range), this.bar, this.map, this.table);
    keysOfView([['/', 'Filter', () => this.bar.focus()], ['+', 'Closer', () => this.map.scale(0.8)], ['-', 'Farther', () => this.map.scale(1.25)], ['0', 'All', () => this.map.fit()], ['r', 'Ask again', () => this.load()]]);
    this.load();
    this.again = setInterval(() => !document.hidden && !this.matches(':hover') && !this.map.contains(document.activeElement) && this.load(), 5000);
  }

  disconnectedCallback() {
    clearInterval(this.again);
  }

  change(parameters) {
    Object.assign(this.state, parameters);
    keep(this.state);
    this.load();
  }

  async load() {
    const seconds = Number(this.state.range);
    const from = seconds ? (Date.now() / 1000 - seconds).toFixed(3) : '';
    const answer = await ask('graph', { filter: this.state.filter, from }).catch((error) => ({ services: [], traces: 0, error: error.message }));
    const span = seconds || Math.max(1, (answer.last || 0) - (answer.first || 0));
    this.found.textContent = answer.error || `${counted(answer.traces, 'trace')}, ${counted(answer.services.length, 'node')}`;
    // The same answer leaves what is focused and zoomed as it is.
    const key = JSON.stringify(answer.services);
    if (key === this.shown) return;
    this.shown = key;
    this.map.show(answer.services, { seconds: span });
    this.list(answer.services, span);
  }

  list(services, seconds) {
    const rows = services.map((service) => [service, facts(service, seconds)]).filter(([, how]) => how).map(([service, how]) =>
      h('tr', h('th', { scope: 'row', class: 'tinted', style: { '--hue': hue(service.Name) } }, h('i.dot'), h('button.link', { onclick: () => this.pick({ name: service.Name, type: service.Type }) }, service.Name), service.Type ? h('small', ` ${service.Type}`) : null),
        h('td', count(how.total)), h('td', how.often), h('td', { class: how.failed ? 'bad' : '' }, percent(how.share)),
        [how.p50, how.p95, how.p99].map((seconds) => h('td', duration(seconds)))));
    replace(this.table, rows.length ? h('table', h('thead', h('tr', ['Service', 'Calls', 'Rate', 'Bad', 'p50', 'p95', 'p99'].map((text) => h('th', { scope: 'col' }, text)))), h('tbody', rows)) : null);
  }

  pick({ name, type, from, to, client }) {
    const quoted = JSON.stringify;
    const condition = client ? `service(${quoted(to)}) { root }` : from ? `edge(${quoted(from)}, ${quoted(to)})` : type === 'client' ? `service(${quoted(name)}) { root }` : `service(${quoted(name)})`;
    go('traces', [], { filter: this.state.filter ? `(${this.state.filter}) AND ${condition}` : condition });
  }
}

customElements.define('desk-map-view', View);
