// Latency over time, and how often which latency: one picture with one scale, to draw a frame on with the mouse.

import { h, colour, sharp, frame } from './dom.js';
import { duration, clock } from './format.js';
import { ERROR, FAULT, THROTTLE } from './flags.js';
import { onTheme } from './theme.js';
import { ink } from './hues.js';

const LEFT = 52, RIGHT = 120, TOP = 10, BOTTOM = 20, GAP = 16, BINS = 26;

export class LatencyChart extends HTMLElement {
  /** @param brushed called with {from, to, min, max}, each given or not */
  constructor(brushed, opened) {
    super();
    this.brushed = brushed;
    this.opened = opened;
    this.rows = [];
  }

  connectedCallback() {
    this.canvas = h('canvas', { role: 'img', 'aria-label': 'Latency over time, and its distribution' });
    this.frame = h('div.brush', { hidden: true });
    this.note = h('div.note', { hidden: true });
    this.replaceChildren(this.canvas, this.frame, this.note);
    this.draw = frame(() => this.paint());
    this.observer = new ResizeObserver(this.draw);
    this.observer.observe(this);
    this.offTheme = onTheme(this.draw);
    this.canvas.addEventListener('pointerdown', (event) => this.begin(event));
    this.canvas.addEventListener('pointermove', (event) => this.hover(event));
    this.canvas.addEventListener('pointerleave', () => (this.note.hidden = true));
    this.draw();
  }

  disconnectedCallback() {
    this.observer.disconnect();
    this.offTheme();
  }

  show(rows) {
    this.rows = rows;
    if (this.isConnected) this.draw();
  }

  scale() {
    let from = Infinity, to = -Infinity, low = Infinity, high = 0;
    for (const row of this.rows) {
      from = Math.min(from, row.start);
      to = Math.max(to, row.start);
      const seconds = Math.max(row.duration || 0, 1e-6);
      low = Math.min(low, seconds);
      high = Math.max(high, seconds);
    }
    if (!this.rows.length) return null;
    if (to - from < 1) [from, to] = [from - 0.5, to + 0.5];
    low = 10 ** Math.floor(Math.log10(low));
    high = 10 ** Math.ceil(Math.log10(high * 1.001));
    const width = this.clientWidth - LEFT - RIGHT, height = this.clientHeight - TOP - BOTTOM;
    const a = Math.log10(low), b = Math.log10(high);
    return {
      from, to, low, high, width, height,
      x: (time) => LEFT + ((time - from) / (to - from)) * width,
      y: (seconds) => TOP + height - ((Math.log10(Math.max(seconds, low)) - a) / (b - a)) * height,
      time: (x) => from + ((x - LEFT) / width) * (to - from),
      seconds: (y) => 10 ** (a + ((TOP + height - y) / height) * (b - a)),
    };
  }

  paint() {
    const pen = sharp(this.canvas, this.clientWidth, this.clientHeight);
    pen.clearRect(0, 0, this.clientWidth, this.clientHeight);
    const scale = (this.at = this.scale());
    if (!scale) return;
    const faint = colour(this, '--line'), muted = colour(this, '--muted'), bad = colour(this, '--fault'), warn = colour(this, '--error');
    pen.font = `11px ${getComputedStyle(this).fontFamily}`;
    this.paintGrid(pen, scale, faint, muted);
    const bins = new Float64Array(BINS), badBins = new Float64Array(BINS);
    for (const row of this.rows) {
      const failed = row.flags & FAULT, erred = row.flags & (ERROR | THROTTLE);
      const y = scale.y(row.duration || 0);
      pen.fillStyle = failed ? bad : erred ? warn : ink(row.service, 0.75);
      pen.beginPath();
      pen.arc(scale.x(row.start), y, failed || erred ? 3.2 : 2.6, 0, 7);
      pen.fill();
      const bin = Math.min(BINS - 1, Math.max(0, Math.floor(((TOP + scale.height - y) / scale.height) * BINS)));
      bins[bin]++;
      if (failed || erred) badBins[bin]++;
    }
    const most = Math.max(...bins), left = LEFT + scale.width + GAP, room = RIGHT - GAP - 6, tall = scale.height / BINS;
    const plain = colour(this, '--bar');
    for (let i = 0; i < BINS; i++) {
      const y = TOP + scale.height - (i + 1) * tall + 0.5;
      pen.fillStyle = plain;
      pen.fillRect(left, y, (bins[i] / most) * room, tall - 1);
      pen.fillStyle = bad;
      pen.fillRect(left, y, (badBins[i] / most) * room, tall - 1);
    }
  }

  paintGrid(pen, scale, faint, muted) {
    pen.textBaseline = 'middle';
    pen.textAlign = 'right';
    const decades = Math.log10(scale.high / scale.low);
    for (let i = 0; i <= decades; i++) {
      const seconds = scale.low * 10 ** i, y = Math.round(scale.y(seconds)) + 0.5;
      pen.fillStyle = faint;
      pen.fillRect(LEFT, y, scale.width + RIGHT - 6, 1);
      pen.fillStyle = muted;
      if (decades < 5 || i % 2 === 0) pen.fillText(duration(seconds), LEFT - 8, y);
    }
    pen.textBaseline = 'alphabetic';
    const steps = Math.max(2, Math.floor(scale.width / 140));
    for (let i = 0; i <= steps; i++) {
      const time = scale.from + ((scale.to - scale.from) * i) / steps;
      pen.textAlign = i === 0 ? 'left' : i === steps ? 'right' : 'center';
      pen.fillText(clock(time, scale.to - scale.from < 10), scale.x(time), this.clientHeight - 4);
    }
  }

  nearest(x, y) {
    let best = null, distance = 64;
    for (const row of this.rows) {
      const d = (this.at.x(row.start) - x) ** 2 + (this.at.y(row.duration || 0) - y) ** 2;
      if (d < distance) [best, distance] = [row, d];
    }
    return best;
  }

  hover(event) {
    if (!this.at || this.brushing) return;
    const row = this.nearest(event.offsetX, event.offsetY);
    this.canvas.style.cursor = row ? 'pointer' : 'crosshair';
    this.note.hidden = !row;
    if (!row) return;
    this.note.textContent = `${row.name}  ${duration(row.duration)}  ${clock(row.start)}`;
    this.note.style.left = `${Math.min(event.offsetX + 12, this.clientWidth - 260)}px`;
    this.note.style.top = `${Math.max(0, event.offsetY - 30)}px`;
  }

  begin(event) {
    if (!this.at || event.button !== 0) return;
    const x = event.offsetX, y = event.offsetY, scale = this.at, inBins = x > LEFT + scale.width + GAP / 2;
    this.brushing = true;
    this.note.hidden = true;
    this.canvas.setPointerCapture(event.pointerId);
    const limit = (value, low, high) => Math.max(low, Math.min(high, value));
    const move = (moved) => {
      const left = inBins ? LEFT : limit(Math.min(x, moved.offsetX), LEFT, LEFT + scale.width);
      const right = inBins ? this.clientWidth - 6 : limit(Math.max(x, moved.offsetX), LEFT, LEFT + scale.width);
      const top = limit(Math.min(y, moved.offsetY), TOP, TOP + scale.height);
      const bottom = limit(Math.max(y, moved.offsetY), TOP, TOP + scale.height);
      Object.assign(this.frame.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
      this.frame.hidden = false;
      this.box = { left, right, top, bottom };
    };
    const end = (ended) => {
      this.canvas.removeEventListener('pointermove', move);
      this.brushing = false;
      this.frame.hidden = true;
      const box = this.box;
      this.box = null;
      if (!box || (Math.abs(ended.offsetX - x) < 4 && Math.abs(ended.offsetY - y) < 4)) {
        const row = this.nearest(x, y);
        if (row) this.opened(row);
        return;
      }
      const range = { min: scale.seconds(box.bottom).toPrecision(4), max: scale.seconds(box.top).toPrecision(4) };
      if (!inBins) Object.assign(range, { from: scale.time(box.left).toFixed(3), to: scale.time(box.right).toFixed(3) });
      this.brushed(range);
    };
    this.canvas.addEventListener('pointermove', move);
    this.canvas.addEventListener('pointerup', end, { once: true });
  }
}

customElements.define('desk-latency', LatencyChart);
