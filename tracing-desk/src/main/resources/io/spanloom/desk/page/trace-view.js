// One trace: its waterfall or flame or map, and the panel of the span that is chosen.

import { h, replace } from './dom.js';
import { ask, xray } from './ask.js';
import { TraceModel } from './trace-model.js';
import { Waterfall } from './waterfall.js';
import { Minimap } from './minimap.js';
import { Flame } from './flame.js';
import { SpanPanel } from './span-panel.js';
import { ServiceMap } from './service-map.js';
import { exportOtlp, exportXray } from './exports.js';
import { keysOfView } from './keys.js';
import { keep } from './route.js';
import { count, counted, duration, micros, moment, percent } from './format.js';
import { copy, copyButton } from './value-tree.js';
import { tell } from './toast.js';
import { KindMenu } from './kind-menu.js';
import { BAD } from './flags.js';
import { hue } from './hues.js';

export class View extends HTMLElement {
  constructor(at) {
    super();
    this.wanted = at.rest[0] || '';
    this.state = at.parameters;
  }

  connectedCallback() {
    this.className = 'trace view';
    this.load();
  }

  disconnectedCallback() {
    clearTimeout(this.watch);
    clearTimeout(this.finding);
  }

  async load() {
    const began = performance.now();
    try {
      this.model = new TraceModel(await ask('trace', { id: this.wanted }));
    } catch (error) {
      replace(this, h('div.empty', h('h1', 'Not here'), h('p', error.message), h('p', h('a', { href: '#/traces' }, 'All traces'), ' · ', h('a', { href: '#/why' }, 'Why is there no trace?'))));
      return;
    }
    this.build();
    requestAnimationFrame(() => (this.dataset.opened = String(Math.round(performance.now() - began))));
    this.watchForMore();
  }

  build() {
    // Somebody has gone on while it was read.
    if (!this.isConnected) return;
    const { model } = this;
    const root = 0;
    this.waterfall = new Waterfall(model, (row) => this.choose(row));
    this.minimap = new Minimap(model, (from, to) => this.zoom(from, to));
    this.panel = new SpanPanel(model, (row) => this.pick(row), () => this.closePanel());
    this.panel.hidden = true;
    this.stage = h('div.stage');
    this.finder = h('input', { type: 'search', placeholder: 'Find in names and values', 'aria-label': 'Find in this trace',
      oninput: () => this.find(), onkeydown: (event) => this.findKey(event) });
    this.only = h('input', { type: 'checkbox', onchange: () => this.find() });
    this.hits = h('span.hits', { role: 'status' });
    this.tabs = [['waterfall', 'Waterfall'], ['flame', 'Flame'], ['map', 'Map'], ['times', 'Times']].map(([name, title]) =>
      h('button', { role: 'tab', id: `tab-${name}`, 'data-view': name, onclick: () => this.stageOf(name) }, title));
    this.critical = h('button', { 'aria-pressed': 'false', title: 'What was waited for (c)', onclick: () => this.toggleCritical() }, 'Critical path');
    this.short = h('select', { 'aria-label': 'Hide short spans', onchange: () => this.waterfall.show({ minimum: Number(this.short.value) }) },
      [[0, 'All lengths'], [100, '≥ 100 µs'], [1000, '≥ 1 ms'], [10000, '≥ 10 ms'], [100000, '≥ 100 ms'], [1000000, '≥ 1 s']].map(([value, text]) => h('option', { value: String(value) }, text)));
    this.kinds = new KindMenu(model, this.state.hide || '', (without) => this.hideKinds(without));
    const bad = model.count(BAD);
    replace(this,
      h('header.bar', h('a.back', { href: '#/traces', 'aria-label': 'All traces', title: 'All traces' }, '←'),
        h('div.title', h('h1', model.name(root) || '(no name)'), h('p.sub', moment(model.epoch), ' · ', h('code', model.xrayId), copyButton(model.xrayId, 'Copy X-Ray trace id'), copyButton(model.id, 'Copy W3C trace id'))),
        h('dl.figures', h('div', h('dt', 'Duration'), h('dd', micros(model.length))), h('div', h('dt', 'Spans'), h('dd', count(model.size))), h('div', h('dt', 'Services'), h('dd', model.servicesByTime().length)),
          h('div', { class: bad ? 'bad' : '' }, h('dt', 'Errors'), h('dd', count(bad)))),
        this.menu()),
      this.warnings(), this.legend(), this.minimap,
      h('div.tools', h('div.tabs', { role: 'tablist', 'aria-label': 'Picture' }, this.tabs), this.critical, this.levels(), this.short, this.kinds,
        h('span.space'), h('span.errors', { hidden: !bad }, h('button', { title: 'Error before (E)', 'aria-label': 'Error before', onclick: () => this.waterfall.nextBad(-1) }, '↑'), h('button', { title: 'Next error (e)', 'aria-label': 'Next error', onclick: () => this.waterfall.nextBad(1) }, '↓ error')),
        h('div.find', this.finder, this.hits), h('label.check', this.only, 'matches only')),
      h('div.split-view', this.stage, this.panel));
    this.keys();
    this.waterfall.addEventListener('zoom', () => this.zoomed());
    this.waterfall.addEventListener('unhidden', () => { this.only.checked = false; this.short.value = '0'; this.kinds.show(new Set()); keep({ hide: '' }); });
    this.waterfall.addEventListener('enter', () => this.panel.focus());
    this.waterfall.show({ without: this.kinds.without });
    this.stageOf(this.state.view || 'waterfall');
    if (this.state.q) {
      this.finder.value = this.state.q;
      this.only.checked = this.state.only === '1';
      this.find();
    }
    const chosen = this.model.rows.get(this.state.span);
    if (chosen !== undefined) this.pick(chosen);
    else (this.stage.querySelector('.scroller') || this.stage.querySelector('[tabindex]'))?.focus({ preventScroll: true });
    if (this.state.critical) this.toggleCritical();
  }

  menu() {
    const item = (text, act) => h('button', { role: 'menuitem', onclick: async () => {
      this.more.open = false;
      try {
        await act();
      } catch (error) {
        tell(error.message, [], true);
      }
    } }, text);
    this.more = h('details.menu', h('summary', 'Share'), h('div.items', { role: 'menu' },
      item('One HTML file', () => import('./share.js').then((module) => module.share(this.model))),
      item('X-Ray JSON', () => exportXray(this.model.id)), item('OTLP JSON', () => exportOtlp(this.model.id)),
      item('Copy link', () => copy(location.href))));
    this.more.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      this.more.open = false;
      this.more.firstChild.focus();
      event.stopPropagation();
    });
    return this.more;
  }

  warnings() {
    const found = this.model.warnings();
    if (!this.model.complete) found.unshift({ kind: 'incomplete', bits: 0, text: 'No root has come, or it has not ended: what is here may not be all.' });
    if (this.late) found.unshift({ kind: 'late', bits: 0, text: `${counted(this.late, 'span')} came after this page was opened.` });
    if (!found.length) return null;
    return h('ul.warnings', { 'aria-label': 'Remarks on this trace' }, found.map((one) => h('li', { class: one.kind === 'for X-Ray' ? 'hint' : 'warn' }, h('b', one.kind), ' ', one.text,
      one.bits ? h('button.link', { onclick: () => this.waterfall.seek((row) => this.model.flags[row] & one.bits, 1) }, 'show') : null)));
  }

  legend() {
    const services = this.model.servicesByTime();
    const all = services.reduce((sum, one) => sum + Math.max(0, one.self), 0) || 1;
    return h('ul.legend', { 'aria-label': 'Services by their own time' }, services.slice(0, 12).map((one) => h('li.tinted', { style: { '--hue': hue(one.service) } }, h('i.dot'), one.service, h('small', ` ${percent(Math.max(0, one.self) / all)}`))),
      services.length > 12 ? h('li', `+${services.length - 12}`) : null);
  }

  levels() {
    return h('div.levels', { role: 'group', 'aria-label': 'Levels' },
      h('button', { title: 'Close all ([)', 'aria-label': 'Close all', onclick: () => this.level(0) }, '⊟'),
      h('button', { title: 'One level less', 'aria-label': 'One level less', onclick: () => this.level((this.depth ?? this.model.deepest) - 1) }, '−'),
      h('button', { title: 'One level more', 'aria-label': 'One level more', onclick: () => this.level((this.depth ?? this.model.deepest) + 1) }, '+'),
      h('button', { title: 'Open all (])', 'aria-label': 'Open all', onclick: () => this.level(this.model.deepest + 1) }, '⊞'));
  }

  level(depth) {
    this.depth = Math.max(0, Math.min(this.model.deepest + 1, depth));
    this.waterfall.level(this.depth);
  }

  stageOf(name) {
    this.shown = name;
    for (const tab of this.tabs) {
      tab.setAttribute('aria-selected', String(tab.dataset.view === name));
      tab.tabIndex = tab.dataset.view === name ? 0 : -1;
    }
    keep({ view: name === 'waterfall' ? '' : name });
    this.classList.toggle('charted', name === 'waterfall' || name === 'flame');
    this.classList.toggle('rowed', name === 'waterfall');
    if (name === 'flame') {
      this.flame ??= new Flame(this.model, (row) => this.choose(row));
      this.flame.zoom(this.waterfall.window);
      this.flame.select(this.waterfall.selected);
    }
    this.stage.setAttribute('role', 'tabpanel');
    this.stage.setAttribute('aria-labelledby', `tab-${name}`);
    replace(this.stage, name === 'flame' ? this.flame : name === 'map' ? this.mapOfTrace() : name === 'times' ? this.times() : this.waterfall);
    if (name === 'waterfall') this.waterfall.list.refresh();
  }

  mapOfTrace() {
    const map = new ServiceMap((node) => {
      const row = this.model.services.findIndex((_, at) => this.model.service(at) === node.name);
      if (row >= 0) this.pick(row);
    });
    xray('TraceGraph', { TraceIds: [this.model.xrayId] }).then((answer) => map.show(answer.Services, { seconds: 0 }), (error) => replace(map, h('p.empty', error.message)));
    return map;
  }

  times() {
    const { model } = this;
    const services = model.servicesByTime();
    const most = Math.max(...services.map((one) => one.self), 1);
    return h('div.times', { tabindex: '0', role: 'region', 'aria-label': 'Times' }, h('section', h('h2', 'Own time of services'), h('table', h('thead', h('tr', ['Service', 'Spans', 'Errors', 'Own time', ''].map((text) => h('th', { scope: 'col' }, text)))), h('tbody', services.map((one) =>
      h('tr.tinted', { style: { '--hue': hue(one.service) } }, h('th', { scope: 'row' }, h('i.dot'), one.service), h('td', count(one.spans)), h('td', one.bad || ''), h('td', micros(Math.max(0, one.self))), h('td.wide', h('i.length', { style: { width: `${(Math.max(0, one.self) / most) * 100}%` } }))))))),
    h('section', h('h2', 'Slowest leaves'), h('ol.leaves', model.slowestLeaves(12).map((row) => h('li.tinted', { style: { '--hue': hue(model.service(row)) } }, h('button', { onclick: () => { this.stageOf('waterfall'); this.pick(row); } }, h('i.dot'), model.name(row) || '(no name)', h('b', micros(model.duration(row))), h('small', model.service(row))))))));
  }

  // --- choosing

  /** From outside of the waterfall. */
  pick(row) {
    this.waterfall.select(row);
    if (this.shown === 'flame') this.flame.select(row);
  }

  choose(row) {
    if (this.waterfall.selected !== row) this.waterfall.select(row, false);
    this.panel.hidden = false;
    this.classList.add('with-panel');
    this.panel.show(row);
    keep({ span: this.model.ids[row] });
  }

  closePanel() {
    this.panel.hidden = true;
    this.classList.remove('with-panel');
    keep({ span: '' });
    this.waterfall.scroller.focus();
  }

  zoom(from, to) {
    this.waterfall.zoom(from, to);
  }

  zoomed() {
    this.minimap.show(this.waterfall.window);
    this.flame?.zoom(this.waterfall.window);
  }

  toggleCritical() {
    this.waterfall.criticalShown = !this.waterfall.criticalShown;
    this.critical.setAttribute('aria-pressed', String(this.waterfall.criticalShown));
    this.waterfall.list.refresh();
  }

  /** What is below a span that is hidden keeps it in sight, as ancestors are of what is found. */
  hideKinds(without) {
    keep({ hide: [...without].join() });
    this.waterfall.show({ without });
  }

  // --- finding

  find() {
    clearTimeout(this.finding);
    this.finding = setTimeout(() => this.findNow(), 120);
  }

  async findNow() {
    const text = this.finder.value.trim();
    keep({ q: text, only: text && this.only.checked ? '1' : '' });
    if (!text) {
      this.hits.textContent = '';
      this.waterfall.find(null, false);
      return;
    }
    let rows;
    try {
      ({ rows } = await ask('find', { id: this.model.id, q: text }));
    } catch (error) {
      this.hits.textContent = error.message;
      return;
    }
    if (!this.isConnected || text !== this.finder.value.trim()) return;
    // The trace may have grown since it was read here.
    const known = rows.filter((row) => row < this.model.size);
    this.hits.textContent = known.length ? counted(known.length, 'match').replace('matchs', 'matches') : 'no match';
    this.waterfall.find(new Set(known), this.only.checked);
    if (known.length && !known.includes(this.waterfall.selected)) this.waterfall.nextMatch(1);
  }

  findKey(event) {
    if (event.key === 'Enter') {
      event.preventDefault();
      this.waterfall.nextMatch(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.finder.value = '';
      this.find();
      this.waterfall.scroller.focus();
    }
  }

  keys() {
    const { waterfall } = this;
    const tab = (name) => () => this.stageOf(name);
    keysOfView([
      ['/', 'Find in this trace', () => this.finder.focus()],
      ['n', 'Next match', () => waterfall.nextMatch(1)], ['N', 'Match before', () => waterfall.nextMatch(-1)],
      ['e', 'Next error', () => waterfall.nextBad(1)], ['E', 'Error before', () => waterfall.nextBad(-1)],
      ['j', 'Next span', () => waterfall.step(1)], ['k', 'Span before', () => waterfall.step(-1)],
      ['ArrowRight', 'Open', () => waterfall.scroller.focus()], ['ArrowLeft', 'Close, or to the parent', () => waterfall.scroller.focus()],
      ['[', 'Close all', () => this.level(0)], [']', 'Open all', () => this.level(this.model.deepest + 1)],
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((depth) => [String(depth), `Open ${counted(depth, 'level')}`, () => this.level(depth)]).slice(0, 4),
      ['c', 'Critical path', () => this.toggleCritical()],
      ['z', 'Zoom to the span', () => waterfall.zoomTo(waterfall.selected)], ['0', 'All of the time', () => this.zoom(0, this.model.length)],
      ['w', 'Waterfall', tab('waterfall')], ['f', 'Flame', tab('flame')], ['m', 'Map', tab('map')], ['t', 'Times', tab('times')],
      ['Escape', 'Close the span, then back to all traces', () => (this.panel.hidden ? (location.hash = '#/traces') : this.closePanel())],
    ]);
  }

  // --- what comes later

  watchForMore() {
    this.watch = setTimeout(async () => {
      if (!document.hidden && this.isConnected) {
        const row = await ask('revision', { id: this.model.id }).catch(() => null);
        if (row && row.spans !== undefined && (row.revision !== (this.revision ?? row.revision) || row.spans !== this.model.size)) {
          const before = this.model.size;
          this.revision = row.revision;
          await this.reload(row.spans - before);
        } else if (row) this.revision = row.revision;
      }
      if (this.isConnected) this.watchForMore();
    }, 2000);
  }

  async reload(more) {
    const chosen = this.model.ids[this.waterfall.selected];
    const columns = await ask('trace', { id: this.wanted }).catch(() => null);
    if (!columns) return;
    this.late = (this.late || 0) + Math.max(0, more);
    this.model = new TraceModel(columns);
    this.flame = null;
    this.state = { ...this.state, view: this.shown, span: chosen, q: this.finder.value, only: this.only.checked ? '1' : '', hide: [...this.kinds.without].join() };
    this.build();
  }
}

customElements.define('desk-trace', View);
