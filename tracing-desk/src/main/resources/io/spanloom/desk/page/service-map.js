// Services as boxes and calls as lines, with how often, how slow, how bad.

import { h, svg, replace } from './dom.js';
import { layers } from './layered.js';
import { count, duration, percent, rate } from './format.js';
import { hue } from './hues.js';

const WIDTH = 190, HEIGHT = 68, GAP_X = 178, GAP_Y = 20;
/** With more lines than this their labels would cover each other: they are shown for the box that is pointed at. */
const LABELS = 24;

/** A quantile of a histogram; NaN if nothing has ended. */
function quantile(histogram, share) {
  const total = histogram.reduce((sum, bar) => sum + bar.Count, 0);
  let seen = 0;
  for (const bar of histogram) {
    seen += bar.Count;
    if (seen >= share * total) return bar.Value;
  }
  return NaN;
}

/** What the lines and boxes say of a part of the answer; null if it has no figures. */
export function facts(part, seconds) {
  const sums = part.SummaryStatistics;
  if (!sums) return null;
  const histogram = part.ResponseTimeHistogram || [];
  const failed = sums.FaultStatistics.TotalCount + sums.ErrorStatistics.TotalCount;
  return {
    total: sums.TotalCount, failed, share: sums.TotalCount ? failed / sums.TotalCount : 0, faults: sums.FaultStatistics.TotalCount,
    often: seconds ? rate(sums.TotalCount / seconds) : `${count(sums.TotalCount)}×`,
    p50: quantile(histogram, 0.5), p95: quantile(histogram, 0.95), p99: quantile(histogram, 0.99),
  };
}

export class ServiceMap extends HTMLElement {
  /** @param picked called with {name, type} of a box, or {from, to} of a line */
  constructor(picked) {
    super();
    this.picked = picked;
    this.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    this.addEventListener('pointerdown', (event) => this.pan(event));
  }

  /** @param services in the shape of ServiceList; @param seconds of the range that the rates are of, 0 for counts */
  show(services, { seconds }) {
    if (!services.length) {
      this.picture = null;
      replace(this, h('p.empty', 'No calls in this range.'));
      return;
    }
    const nodes = services.map((service) => ({ id: service.ReferenceId, name: service.Name, type: service.Type, service, facts: facts(service, seconds) }));
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const edges = services.flatMap((service) => service.Edges.map((edge) => ({ from: service.ReferenceId, to: edge.ReferenceId, facts: facts(edge, seconds) })));
    const { columns, back } = layers(nodes, edges);
    const tallest = Math.max(...columns.map((column) => column.length));
    // A column that is much longer than wide becomes several beside each other.
    const most = Math.max(6, Math.ceil(Math.sqrt(nodes.length) * 1.6));
    let x = 0;
    const rows = Math.min(most, tallest);
    for (const column of columns) {
      const parts = Math.ceil(column.length / most), each = Math.ceil(column.length / parts);
      column.forEach((id, i) => {
        const part = Math.floor(i / each), size = Math.min(each, column.length - part * each);
        const node = byId.get(id);
        node.x = x + part * (WIDTH + 40);
        node.y = ((rows - size) / 2 + (i % each)) * (HEIGHT + GAP_Y) + (part % 2) * 14;
      });
      x += (parts - 1) * (WIDTH + 40) + WIDTH + GAP_X;
    }
    const width = x - GAP_X, height = Math.max(...nodes.map((node) => node.y)) + HEIGHT;
    this.box = [-20, -20, width + 40, height + 44];
    const labelled = edges.length <= LABELS;
    // A label stands where no other line comes to, or goes from, if there is such a place.
    const into = new Map(), outOf = new Map();
    for (const { from, to } of edges) {
      into.set(to, (into.get(to) || 0) + 1);
      outOf.set(from, (outOf.get(from) || 0) + 1);
    }
    for (const edge of edges) edge.place = outOf.get(edge.from) === 1 ? 'from' : into.get(edge.to) === 1 ? 'to' : 'between';
    const lines = edges.map((edge) => this.line(edge, byId.get(edge.from), byId.get(edge.to), back.has(edge), labelled));
    this.picture = svg('svg', { role: 'group', 'aria-label': `Service map of ${nodes.length} nodes and ${edges.length} calls`, preserveAspectRatio: 'xMidYMid meet' },
      svg('defs', marker('arrow'), marker('arrow-bad')), svg('g.lines', lines), svg('g.nodes', nodes.map((node) => this.node(node, lines, edges))));
    this.fit();
    replace(this, this.picture, h('div.zoom', { role: 'group', 'aria-label': 'Zoom' }, h('button', { 'aria-label': 'Closer', onclick: () => this.scale(0.8) }, '+'), h('button', { 'aria-label': 'Farther', onclick: () => this.scale(1.25) }, '−'), h('button', { 'aria-label': 'All', onclick: () => this.fit() }, '⤢')));
  }

  line(edge, from, to, backwards, labelled) {
    const y1 = from.y + HEIGHT / 2, y2 = to.y + HEIGHT / 2, x1 = from.x + WIDTH, x2 = to.x;
    const bend = Math.max(40, Math.abs(x2 - x1) / 2);
    const path = from === to ? `M${from.x + WIDTH - 30},${from.y} c 10,-34 40,-20 24,0`
      : backwards || x2 < x1 ? `M${from.x + WIDTH / 2},${from.y + HEIGHT} C${from.x + WIDTH / 2},${from.y + HEIGHT + 60} ${to.x + WIDTH / 2},${to.y + HEIGHT + 60} ${to.x + WIDTH / 2},${to.y + HEIGHT + 3}`
        : `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2 - 3},${y2}`;
    const how = edge.facts;
    const bad = how && how.share >= 0.05;
    const text = how ? `${how.often} · p95 ${duration(how.p95)}${how.failed ? ` · ${percent(how.share)} bad` : ''}` : '';
    const title = how ? `${from.name} → ${to.name}: ${text}; p50 ${duration(how.p50)}, p99 ${duration(how.p99)}` : '';
    const pick = () => this.picked({ from: from.name, to: to.name, client: from.type === 'client' });
    return svg(`g.line${bad ? '.bad' : ''}${labelled ? '.labelled' : ''}`, { role: 'button', tabindex: '0', 'aria-label': title, 'data-from': from.id, 'data-to': to.id, onclick: pick, onkeydown: (event) => event.key === 'Enter' && pick() },
      svg('title', title), svg('path.wide', { d: path }), svg('path.stroke', { d: path, 'stroke-width': String(1.2 + Math.min(4, Math.log10(1 + (how?.total || 1)))), 'marker-end': `url(#${bad ? 'arrow-bad' : 'arrow'})` }),
      how ? svg('text', this.label(backwards ? 'between' : edge.place, x1, y1, x2, y2), text) : null);
  }

  label(place, x1, y1, x2, y2) {
    // On the side that the line does not come from, or go to.
    if (place === 'from' && y1 !== y2) return { x: String(x1 + 8), y: String(y2 > y1 ? y1 - 6 : y1 + 15), 'text-anchor': 'start' };
    if (place === 'to' && y1 !== y2) return { x: String(x2 - 8), y: String(y1 > y2 ? y2 - 6 : y2 + 15), 'text-anchor': 'end' };
    return { x: String((x1 + x2) / 2), y: String((y1 + y2) / 2 - 6), 'text-anchor': 'middle' };
  }

  node(node, lines, edges) {
    const how = node.facts;
    const client = node.type === 'client';
    const pick = () => this.picked({ name: node.name, type: node.type });
    const near = (on) => lines.forEach((line, i) => (edges[i].from === node.id || edges[i].to === node.id) && line.classList.toggle('near', on));
    const clip = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
    return svg(`g.node${client ? '.client' : ''}${how && how.share >= 0.05 ? '.bad' : ''}`, {
      role: 'button', tabindex: '0', transform: `translate(${node.x},${node.y})`, onclick: pick, style: { '--hue': hue(node.name) },
      onkeydown: (event) => event.key === 'Enter' && pick(), onpointerenter: () => near(true), onpointerleave: () => near(false), onfocus: () => near(true), onblur: () => near(false) },
    svg('rect.card', { width: WIDTH, height: HEIGHT, rx: 12 }), svg('rect.tint', { width: 5, height: HEIGHT - 24, x: 9, y: 12, rx: 2.5 }),
    svg('text.name', { x: 24, y: 24 }, clip(client ? 'client' : node.name, 22)),
    how ? [svg('text.fact', { x: 24, y: 42 }, `${how.often} · p50 ${duration(how.p50)}`), svg('text.fact', { x: 24, y: 57 }, `p95 ${duration(how.p95)} · p99 ${duration(how.p99)}`)]
      : svg('text.fact', { x: 24, y: 42 }, client ? `of ${clip(node.name, 20)}` : node.type || ''),
    how && how.failed ? [svg('rect.pale', { x: 0, y: HEIGHT + 4, width: WIDTH, height: 4, rx: 2 }), svg('rect.share', { x: 0, y: HEIGHT + 4, width: Math.max(3, WIDTH * how.share), height: 4, rx: 2 }),
      svg('text.failed', { x: WIDTH - 12, y: 24, 'text-anchor': 'end' }, percent(how.share))] : null);
  }

  // --- looking closer

  fit() {
    if (!this.picture) return;
    this.look = [...this.box];
    // A small graph is not blown up to fill the window.
    const width = Math.max(this.look[2], this.clientWidth * 0.8);
    this.look[0] -= (width - this.look[2]) / 2;
    this.look[2] = width;
    this.applyLook();
  }

  applyLook() {
    this.picture.setAttribute('viewBox', this.look.join(' '));
  }

  scale(by, x = 0.5, y = 0.5) {
    if (!this.picture) return;
    const [left, top, width, height] = this.look;
    this.look = [left + width * x * (1 - by), top + height * y * (1 - by), width * by, height * by];
    this.applyLook();
  }

  wheel(event) {
    if (!this.picture?.isConnected || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const box = this.picture.getBoundingClientRect();
    this.scale(event.deltaY > 0 ? 1.12 : 0.89, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  pan(event) {
    if (event.button !== 0 || !this.picture?.isConnected || event.target.closest('.node, .line, .zoom')) return;
    const [left, top, width] = this.look, unit = width / this.picture.clientWidth;
    const move = (moved) => {
      this.look[0] = left - (moved.clientX - event.clientX) * unit;
      this.look[1] = top - (moved.clientY - event.clientY) * unit;
      this.applyLook();
    };
    this.setPointerCapture(event.pointerId);
    this.addEventListener('pointermove', move);
    this.addEventListener('pointerup', () => this.removeEventListener('pointermove', move), { once: true });
  }
}

function marker(id) {
  return svg('marker', { id, viewBox: '0 0 8 8', refX: '6', refY: '4', markerWidth: '7', markerHeight: '7', markerUnits: 'userSpaceOnUse', orient: 'auto' }, svg(`path.${id}`, { d: 'M0,0 L8,4 L0,8 z' }));
}

customElements.define('desk-map', ServiceMap);
