// All traces of all services, the newest first, while they come.

import { h, redraw, replace } from './dom.js';
import { ask, clearTraces, xray } from './ask.js';
import { FilterBar } from './filter-bar.js';
import { IgnoreBar, keptIgnored } from './ignore-bar.js';
import { LatencyChart } from './chart.js';
import { TraceTable } from './trace-table.js';
import { stream, onStatus } from './live.js';
import { keysOfView } from './keys.js';
import { go, keep } from './route.js';
import { clock, count, counted, duration } from './format.js';
import { tell } from './toast.js';
import { severity } from './flags.js';

const MAX_ROWS = 2000;
const QUICK = [['Errors', 'fault OR error'], ['Slow', 'duration > 1'], ['In progress', 'partial'], ['Without health checks', '!http.url CONTAINS "health"']];
const KEPT = ['filter', 'sort', 'dir', 'from', 'to', 'min', 'max', 'paused', 'ignore'];

export class View extends HTMLElement {
  constructor(at) {
    super();
    this.state = {};
    for (const name of KEPT) if (at.parameters[name]) this.state[name] = at.parameters[name];
    if (!this.state.ignore && keptIgnored()) this.state.ignore = keptIgnored();
    this.rows = [];
    this.waiting = 0;
  }

  connectedCallback() {
    this.className = 'traces view';
    this.bar = new FilterBar(this.state.filter || '', (filter) => this.change({ filter }));
    this.ignore = new IgnoreBar(this.state.ignore || '', (ignore) => this.change({ ignore }));
    this.chart = new LatencyChart((range) => this.change(range), (row) => this.open(row));
    this.table = new TraceTable((row) => this.open(row), (sort) => this.sortBy(sort), (marked) => this.showMarked(marked));
    this.live = h('button.live', { onclick: () => this.pause() });
    this.found = h('span.found', { role: 'status' });
    this.chips = h('div.chips');
    this.groups = h('select', { 'aria-label': 'Group', hidden: true, onchange: () => this.pickGroup() });
    this.compare = h('button', { hidden: true, onclick: () => this.openCompare() }, 'Compare the two');
    this.empty = h('div.empty', { hidden: true });
    this.append(
      h('header.bar', h('h1', 'Traces'), this.found, h('span.space'), this.compare,
        h('a.button', { href: '#', onclick: (event) => { event.preventDefault(); this.pickFile(); } }, 'Import'), h('button', { onclick: () => this.clear() }, 'Clear'), this.live),
      this.bar, h('div.quick', this.groups, QUICK.map(([name, filter]) => h('button.chip', { onclick: () => this.bar.and(filter) }, name)), this.ignore, this.chips),
      this.chart, this.table, this.empty);
    keysOfView([
      ['/', 'Filter', () => this.bar.focus()],
      ['p', 'Pause, go on', () => this.pause()],
      ['j', 'Next trace', () => this.table.step(1)],
      ['k', 'Trace before', () => this.table.step(-1)],
      ['Enter', 'Open', () => this.table.openChosen()],
      ['m', 'Mark for comparing', () => this.table.mark()],
      ['c', 'Compare the two marked', () => this.openCompare()],
      ['i', 'Ignore traces of this name', () => this.table.chosen && this.ignore.addName(this.table.chosen.name)],
      ['x', 'Give up brushed ranges', () => this.change({ from: '', to: '', min: '', max: '' })],
    ]);
    this.offStatus = onStatus((desk) => this.status(desk));
    keep({ ignore: this.state.ignore });
    this.loadGroups();
    this.load();
  }

  disconnectedCallback() {
    this.stop?.();
    this.offStatus();
    clearTimeout(this.again);
  }

  status(desk) {
    // Somebody has cleared the desk, here or elsewhere.
    if (this.cleared !== undefined && desk.cleared !== this.cleared) this.load();
    this.cleared = desk.cleared;
    this.tellEmpty(desk);
  }

  change(parameters) {
    for (const [name, value] of Object.entries(parameters)) {
      if (value === '' || value === undefined) delete this.state[name];
      else this.state[name] = value;
    }
    keep(Object.fromEntries(KEPT.map((name) => [name, this.state[name]])));
    this.load();
  }

  async load() {
    this.stop?.();
    this.stop = null;
    clearTimeout(this.again);
    const asked = (this.asked = {});
    this.waiting = 0;
    this.tellState();
    try {
      const answer = await ask('traces', { ...this.state, limit: MAX_ROWS });
      if (asked !== this.asked || !this.isConnected) return;
      this.rows = answer.rows;
      this.total = answer.found;
      this.known = new Map(this.rows.map((row) => [row.id, row]));
      this.newest = this.rows.reduce((newest, row) => Math.max(newest, row.seq), 0);
      this.show();
      this.stop = stream({ ...this.state, since: answer.at, newest: this.newest }, (news) => this.take(news), (state) => this.connection(state));
    } catch (error) {
      if (asked !== this.asked || !this.isConnected) return;
      this.found.textContent = error.message;
      this.tryAgain();
    }
  }

  tryAgain() {
    clearTimeout(this.again);
    this.again = setTimeout(() => this.load(), 3000);
  }

  /** A desk that comes back may have begun anew: what it holds is asked for again, unless the list is to stand still. */
  connection(state) {
    this.classList.toggle('lost', state === 'lost');
    this.tellState();
    if (state !== 'lost' || this.state.paused) return;
    this.stop?.();
    this.tryAgain();
  }

  take(news) {
    if (!news.rows.length) return;
    // What has come once comes again when it has got more spans.
    const newer = news.rows.filter((row) => row.seq > this.newest).length;
    this.newest = news.rows.reduce((newest, row) => Math.max(newest, row.seq), this.newest);
    if (this.state.paused) {
      this.waiting += newer + news.untold;
      this.tellState();
      return;
    }
    const fresh = news.rows.filter((row) => !this.known.has(row.id));
    // Of a list that is cut, what is not known may be an old one.
    this.total += (this.rows.length < MAX_ROWS ? fresh.length : newer) + news.untold;
    for (const row of news.rows) {
      const known = this.known.get(row.id);
      if (known) Object.assign(known, row);
      this.known.set(row.id, known || row);
    }
    // What is known may have grown to another place.
    if (fresh.length || this.state.sort) this.rows = this.ordered(fresh);
    if (this.rows.length > MAX_ROWS) {
      for (const row of this.rows.splice(MAX_ROWS)) this.known.delete(row.id);
    }
    this.show(!this.state.sort && this.state.dir !== 'asc' ? newer : 0);
  }

  /** In the order that was asked for. */
  ordered(fresh) {
    const { sort, dir } = this.state;
    const value = { duration: (row) => row.duration || 0, spans: (row) => row.spans, status: (row) => severity(row.flags), name: (row) => row.name,
      service: (row) => row.service, start: (row) => row.start }[sort] || ((row) => row.seq);
    const sign = dir === 'asc' ? 1 : -1;
    return this.rows.concat(fresh).sort((a, b) => (value(a) < value(b) ? -sign : value(a) > value(b) ? sign : b.seq - a.seq));
  }

  show(added = 0) {
    this.table.show(this.rows, this.state, added);
    this.chart.show(this.rows);
    const more = this.total > this.rows.length ? `the first ${count(this.rows.length)} of ` : '';
    this.found.textContent = `${more}${count(this.total)}${this.state.filter || this.ranged() ? ' found' : ''}`;
    this.tellState();
    this.tellEmpty();
  }

  ranged() {
    return ['from', 'to', 'min', 'max'].some((name) => this.state[name]);
  }

  tellState() {
    const paused = Boolean(this.state.paused);
    this.live.setAttribute('aria-pressed', String(!paused));
    this.live.title = paused ? 'Go on (p)' : 'Pause (p)';
    const text = paused ? `Paused${this.waiting ? ` · ${count(this.waiting)} new` : ''}` : this.classList.contains('lost') ? 'Desk not reached' : 'Live';
    redraw(this.live, text, h('i.dot'), text);
    const { from, to, min, max } = this.state;
    const chip = (text, names) => h('button.chip.on', { title: 'Give up (x)', onclick: () => this.change(Object.fromEntries(names.map((name) => [name, '']))) }, text, ' ✕');
    redraw(this.chips, [from, to, min, max],
      from || to ? chip(`${from ? clock(from) : '…'} – ${to ? clock(to) : '…'}`, ['from', 'to']) : null,
      min || max ? chip(`${min ? duration(Number(min)) : '…'} – ${max ? duration(Number(max)) : '…'}`, ['min', 'max']) : null);
  }

  tellEmpty(desk = this.desk) {
    this.desk = desk;
    const none = this.rows.length === 0;
    this.classList.toggle('none', none);
    this.empty.hidden = !none;
    if (!none || !desk) return;
    const at = desk.addresses;
    redraw(this.empty, [this.state.filter, this.ranged(), this.state.ignore, desk.held, at], (this.state.filter || this.ranged() || this.state.ignore) && desk.held
      ? [h('h2', 'Nothing matches'), h('p', `The desk holds ${count(desk.held)} traces; none passes ${this.state.filter || this.ranged() ? 'this filter' : 'what is ignored'}.`),
        h('p', h('button', { onclick: () => this.showAll() }, 'Show all'))]
      : [h('h2', 'Waiting for the first trace'), h('p', 'It appears here by itself. Programs send to:'),
        h('dl', h('dt', 'X-Ray SDKs, daemon protocol'), h('dd', h('code', at.xray)), h('dt', 'OpenTelemetry, OTLP over HTTP'), h('dd', h('code', `http://${at.otlp}`)),
          h('dt', 'Spanloom'), h('dd', h('code', `tracing.backend = xray`), ' or ', h('code', 'otel'))),
        h('p', h('a', { href: '#/why' }, 'Why is there no trace?'))]);
  }

  showAll() {
    this.bar.input.value = '';
    this.bar.say('');
    this.ignore.put([]);
    this.change(Object.fromEntries(['filter', 'from', 'to', 'min', 'max'].map((name) => [name, ''])));
  }

  async clear() {
    if (!confirm('Forget all traces that the desk holds? There is no way back.')) return;
    try {
      tell(`${counted(await clearTraces(), 'trace')} forgotten`);
      this.load();
    } catch (error) {
      tell(error.message, [], true);
    }
  }

  pause() {
    const paused = !this.state.paused;
    this.state.paused = paused ? '1' : undefined;
    keep({ paused: this.state.paused });
    if (paused) this.tellState();
    else this.load();
  }

  sortBy(name) {
    const same = (this.state.sort || 'newest') === name;
    const dir = same && this.state.dir !== 'asc' ? 'asc' : '';
    this.change({ sort: name === 'newest' ? '' : name, dir });
  }

  open(row) {
    go('trace', [row.id]);
  }

  showMarked(marked) {
    this.compare.hidden = marked.length !== 2;
  }

  openCompare() {
    if (this.table.marked.length === 2) go('compare', this.table.marked);
  }

  async loadGroups() {
    const { Groups } = await xray('Groups').catch(() => ({ Groups: [] }));
    const named = Groups.filter((group) => group.FilterExpression);
    this.groups.hidden = !named.length;
    replace(this.groups, h('option', { value: '' }, 'All groups'), named.map((group) => h('option', { value: group.GroupName }, group.GroupName)));
    const chosen = /^group\.name = "([^"]*)"$/.exec(this.state.filter || '');
    if (chosen) this.groups.value = chosen[1];
  }

  pickGroup() {
    this.bar.put(this.groups.value ? `group.name = ${JSON.stringify(this.groups.value)}` : '');
  }

  pickFile() {
    import('./import.js').then((module) => module.pick());
  }
}

customElements.define('desk-traces', View);
