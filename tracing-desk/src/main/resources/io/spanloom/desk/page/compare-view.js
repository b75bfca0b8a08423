// Two traces beside each other: what took longer, what is new, what is gone.

import { h, replace } from './dom.js';
import { ask } from './ask.js';
import { TraceModel } from './trace-model.js';
import { VirtualRows } from './virtual-rows.js';
import { keysOfView } from './keys.js';
import { count, micros, moment } from './format.js';
import { BAD } from './flags.js';
import { hue } from './hues.js';

export class View extends HTMLElement {
  constructor(at) {
    super();
    this.ids = at.rest;
  }

  async connectedCallback() {
    this.className = 'compare view';
    try {
      [this.a, this.b] = (await Promise.all(this.ids.slice(0, 2).map((id) => ask('trace', { id })))).map((columns) => new TraceModel(columns));
    } catch (error) {
      replace(this, h('div.empty', h('h1', 'Not here'), h('p', error.message), h('a', { href: '#/traces' }, 'All traces')));
      return;
    }
    if (!this.isConnected) return;
    this.rows = aligned(this.a, this.b);
    this.only = h('input', { type: 'checkbox', onchange: () => this.arrange() });
    this.scroller = h('div.scroller', { tabindex: '0', role: 'table', 'aria-label': 'Differences' });
    const head = (model, name) => h('div.one', h('b', name), h('a', { href: `#/trace/${model.id}` }, model.name(0)), h('small', moment(model.epoch)), h('span', `${micros(model.length)} · ${count(model.size)} spans · ${count(model.count(BAD))} bad`));
    const change = this.b.length / this.a.length - 1;
    const added = this.rows.filter((row) => row.a < 0).length, gone = this.rows.filter((row) => row.b < 0).length;
    replace(this, h('header.bar', h('a.back', { href: '#/traces', 'aria-label': 'All traces' }, '←'), h('h1', 'Compare'), h('span.found', `B took ${Math.abs(change) < 0.005 ? 'as long' : `${Math.abs(Math.round(change * 100))} % ${change > 0 ? 'longer' : 'less'}`}; ${added} new, ${gone} gone`), h('span.space'), h('label.check', this.only, 'differences only'),
      h('a.button', { href: `#/compare/${this.ids[1]}/${this.ids[0]}` }, 'Swap')),
    h('div.both', head(this.a, 'A'), head(this.b, 'B')), this.scroller);
    this.list = new VirtualRows(this.scroller, 32, () => this.create(), (element, i) => this.fill(element, i));
    this.list.body.setAttribute('role', 'rowgroup');
    this.list.observe();
    keysOfView([['d', 'Differences only', () => { this.only.checked = !this.only.checked; this.arrange(); }], ['Escape', 'All traces', () => (location.hash = '#/traces')]]);
    this.arrange();
  }

  disconnectedCallback() {
    this.list?.close();
  }

  arrange() {
    this.shown = this.only.checked ? this.rows.filter((row) => this.differs(row)) : this.rows;
    this.list.reset(this.shown.length);
  }

  /** By a fifth and a millisecond: less is noise. */
  differs(row) {
    if (row.a < 0 || row.b < 0) return true;
    const before = this.a.duration(row.a), now = this.b.duration(row.b);
    return (this.a.flags[row.a] & BAD) !== (this.b.flags[row.b] & BAD) || Math.abs(now - before) > Math.max(1000, 0.2 * Math.max(before, now));
  }

  create() {
    return h('div.row', { role: 'row' }, ['name', 'a', 'b', 'delta'].map((cls) => h(`div.cell.${cls}`, { role: 'cell' })));
  }

  fill(element, i) {
    const row = this.shown[i];
    const model = row.a >= 0 ? this.a : this.b, at = row.a >= 0 ? row.a : row.b;
    const [name, a, b, delta] = element.children;
    const longest = Math.max(this.a.length, this.b.length);
    element.className = `row tinted ${row.a < 0 ? 'added' : row.b < 0 ? 'gone' : ''}`;
    element.style.setProperty('--hue', hue(model.service(at)));
    replace(name, h('span.indent', { style: { width: `${Math.min(model.depths[at], 20) * 14}px` } }), h('i.dot'), model.name(at) || '(no name)');
    const bar = (one, span) => span < 0 ? h('span.none', '–') : h('div.track', h(`i.piece${one.flags[span] & BAD ? '.bad' : ''}`, { style: { left: `${(one.starts[span] / longest) * 100}%`, width: `${Math.max(0.4, (one.duration(span) / longest) * 100)}%` } }), h('span.label', { style: labelled(one.starts[span] / longest, one.end(span) / longest) }, micros(one.duration(span))));
    replace(a, bar(this.a, row.a));
    replace(b, bar(this.b, row.b));
    const change = row.a >= 0 && row.b >= 0 ? this.b.duration(row.b) - this.a.duration(row.a) : NaN;
    delta.textContent = row.a < 0 ? 'new' : row.b < 0 ? 'gone' : Math.abs(change) < 1 ? '=' : `${change > 0 ? '+' : '−'}${micros(Math.abs(change))}`;
    delta.className = `cell delta ${this.differs(row) ? (change > 0 || row.a < 0 ? 'more' : 'less') : ''}`;
  }
}

/** Below where the bar begins; near the end of the row, from its end to the left. */
const labelled = (begin, end) => (begin < 0.75 ? { left: `${begin * 100}%` } : { right: `${Math.max(0, 1 - end) * 100}%` });

/** Spans of one place: the same names from the root down, the first with the first, the second with the second. */
function aligned(a, b) {
  // Numbers for texts: a path of 100,000 names would be long.
  const numbers = new Map();
  const ofB = new Map();
  const keysB = keys(b, numbers), keysA = keys(a, numbers);
  const inA = new Set(keysA);
  keysB.forEach((key, row) => ofB.set(key, row));
  const rows = [], used = new Set();
  let next = 0;
  keysA.forEach((key, row) => {
    const twin = ofB.get(key) ?? -1;
    if (twin >= 0) {
      // What B has besides stands where B has it.
      while (next < twin) {
        if (!used.has(next) && !inA.has(keysB[next])) rows.push({ a: -1, b: next });
        used.add(next++);
      }
      used.add(twin);
      next = Math.max(next, twin + 1);
    }
    rows.push({ a: row, b: twin });
  });
  for (; next < b.size; next++) if (!used.has(next) && !inA.has(keysB[next])) rows.push({ a: -1, b: next });
  return rows;
}

function keys(model, numbers) {
  const found = [], counts = new Map();
  for (let row = 0; row < model.size; row++) {
    const parent = model.parents[row] >= 0 ? found[model.parents[row]] : 0;
    const plain = `${parent}/${model.service(row)}/${model.name(row)}`;
    const nth = (counts.get(plain) || 0) + 1;
    counts.set(plain, nth);
    const text = `${plain}/${nth}`;
    if (!numbers.has(text)) numbers.set(text, numbers.size + 1);
    found.push(numbers.get(text));
  }
  return found;
}

customElements.define('desk-compare', View);
