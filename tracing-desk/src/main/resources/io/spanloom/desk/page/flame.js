// All spans by depth: wide is slow. What is narrower than half a pixel is not drawn, however many there are.

import { h, colour, sharp, frame } from './dom.js';
import { BAD, FAULT } from './flags.js';
import { ink } from './hues.js';
import { onTheme } from './theme.js';
import { micros } from './format.js';

const ROW = 21;
/** As in the style sheet. */
const PADDING = 8;

export class Flame extends HTMLElement {
  constructor(model, chosen) {
    super();
    this.model = model;
    this.chosen = chosen;
    this.selected = -1;
    this.window = [0, model.length];
    this.lanes = lanes(model);
    this.addEventListener('keydown', (event) => this.key(event));
  }

  connectedCallback() {
    this.canvas = h('canvas', { role: 'img', 'aria-label': 'Flame view; the arrow keys go from span to span' });
    this.note = h('div.note', { hidden: true });
    this.spoken = h('p.spoken', { role: 'status' });
    this.tabIndex = 0;
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', 'Flame view');
    this.replaceChildren(this.canvas, this.note, this.spoken);
    this.draw = frame(() => this.paint());
    this.observer = new ResizeObserver(this.draw);
    this.observer.observe(this);
    this.offTheme = onTheme(this.draw);
    this.canvas.addEventListener('click', (event) => this.pick(this.at(event)));
    this.canvas.addEventListener('pointermove', (event) => this.hover(event));
    this.canvas.addEventListener('pointerleave', () => (this.note.hidden = true));
    this.draw();
  }

  disconnectedCallback() {
    this.observer.disconnect();
    this.offTheme();
  }

  zoom(window) {
    this.window = window;
    if (this.isConnected) this.draw();
  }

  select(row) {
    this.selected = row;
    if (this.isConnected) this.draw();
  }

  paint() {
    const { model, lanes } = this;
    const [from, to] = this.window;
    const width = this.clientWidth - 2 * PADDING, height = Math.max(120, Math.min(4000, (lanes.deepest + 1) * ROW + 8));
    this.canvas.style.height = `${height}px`;
    this.canvas.style.width = `${width}px`;
    const pen = sharp(this.canvas, width, height);
    pen.font = `11.5px ${getComputedStyle(this).fontFamily}`;
    pen.textBaseline = 'middle';
    const bad = colour(this, '--fault'), warn = colour(this, '--error'), text = colour(this, '--on-bar'), chosen = colour(this, '--ink');
    const filled = new Float64Array(lanes.deepest + 1).fill(-1);
    this.boxes = [];
    for (let row = 0; row < model.size; row++) {
      const lane = lanes.of[row];
      const a = ((model.starts[row] - from) / (to - from)) * width, b = ((model.end(row) - from) / (to - from)) * width;
      if (b < 0 || a > width || lane * ROW > height) continue;
      const x = Math.max(0, a), w = Math.max(0.6, Math.min(width, b) - x);
      if (w < 1 && x + w <= filled[lane] + 0.5 && row !== this.selected) continue;
      filled[lane] = Math.max(filled[lane], x + w);
      const y = 4 + lane * ROW;
      pen.fillStyle = model.flags[row] & FAULT ? bad : model.flags[row] & BAD ? warn : ink(model.service(row), model.critical.has(row) ? 1 : 0.72);
      pen.beginPath();
      pen.roundRect(x, y, Math.max(0.6, w - (w > 3 ? 1 : 0)), ROW - 2, w > 6 ? 3 : 0);
      pen.fill();
      this.boxes.push([x, y, w, row]);
      if (row === this.selected) {
        pen.strokeStyle = chosen;
        pen.lineWidth = 2;
        pen.stroke();
      }
      if (w > 34) {
        pen.save();
        pen.clip();
        pen.fillStyle = text;
        pen.fillText(fitted(pen, model.name(row), micros(model.duration(row)), w - 12), x + 6, y + ROW / 2 - 0.5);
        pen.restore();
      }
    }
  }

  at(event) {
    const x = event.offsetX, y = event.offsetY;
    const found = (this.boxes || []).findLast(([left, top, w]) => x >= left - 1 && x <= left + w + 1 && y >= top && y < top + ROW);
    return found ? found[3] : -1;
  }

  hover(event) {
    const row = this.at(event);
    this.canvas.style.cursor = row >= 0 ? 'pointer' : 'default';
    this.note.hidden = row < 0;
    if (row < 0) return;
    this.note.textContent = `${this.model.service(row)}  ${this.model.name(row)}  ${micros(this.model.duration(row))}, self ${micros(this.model.selfTimes[row])}`;
    this.note.style.left = `${Math.min(event.offsetX + 12, this.clientWidth - 300)}px`;
    this.note.style.top = `${event.offsetY + 18}px`;
  }

  pick(row) {
    if (row < 0) return;
    this.select(row);
    this.spoken.textContent = `${this.model.name(row)}, ${micros(this.model.duration(row))}`;
    this.chosen(row);
  }

  /** Up to the parent, down to the first child, sideways to siblings. */
  key(event) {
    const { model } = this, row = Math.max(0, this.selected);
    let to = -1;
    if (event.key === 'ArrowUp') to = model.parents[row];
    else if (event.key === 'ArrowDown') to = model.children[row] ? row + 1 : -1;
    else if (event.key === 'ArrowRight') to = sibling(model, row, 1);
    else if (event.key === 'ArrowLeft') to = sibling(model, row, -1);
    else return;
    event.preventDefault();
    this.pick(to);
  }
}

/** Name and time; where there is no room for both, as much of the name as there is room for. */
function fitted(pen, name, time, room) {
  const both = `${name}  ${time}`;
  // Of a letter's least width: what is much longer need not be measured.
  if (both.length * 3 < room * 2 && pen.measureText(both).width <= room) return both;
  let text = name.slice(0, Math.ceil(room / 2));
  if (text === name && pen.measureText(name).width <= room) return name;
  while (text && pen.measureText(`${text}…`).width > room) text = text.slice(0, -1);
  return text ? `${text}…` : '';
}

function sibling(model, row, direction) {
  for (let at = row + direction; at >= 0 && at < model.size; at += direction) {
    if (model.parents[at] === model.parents[row]) return at;
    if (model.depths[at] < model.depths[row]) return -1;
  }
  return -1;
}

/** A lane below the parent's; beside a sibling that is still running a free one further down. */
function lanes(model) {
  const of = new Int32Array(model.size);
  const busy = [];
  let deepest = 0;
  for (let row = 0; row < model.size; row++) {
    let lane = model.parents[row] >= 0 ? of[model.parents[row]] + 1 : 0;
    for (let tries = 0; tries < 40 && (busy[lane] ?? -1) > model.starts[row]; tries++) lane++;
    of[row] = lane;
    busy[lane] = Math.max(busy[lane] ?? -1, model.end(row));
    deepest = Math.max(deepest, lane);
  }
  return { of, deepest };
}

customElements.define('desk-flame', Flame);
