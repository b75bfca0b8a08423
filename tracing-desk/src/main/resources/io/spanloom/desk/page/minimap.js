// The whole trace at a glance, errors in red, and the piece of time that the waterfall shows.

import { h, colour, sharp, frame } from './dom.js';
import { BAD, FAULT } from './flags.js';
import { ink } from './hues.js';
import { onTheme } from './theme.js';
import { micros } from './format.js';

export class Minimap extends HTMLElement {
  constructor(model, zoomed) {
    super();
    this.model = model;
    this.zoomed = zoomed;
    this.window = [0, model.length];
  }

  connectedCallback() {
    this.canvas = h('canvas', { 'aria-hidden': 'true' });
    this.handle = h('div.window', { role: 'slider', tabindex: '0', 'aria-label': 'Piece of time shown', 'aria-valuemin': '0', 'aria-valuemax': String(Math.round(this.model.length)),
      onkeydown: (event) => this.key(event) });
    this.replaceChildren(this.canvas, this.handle);
    this.draw = frame(() => this.paint());
    this.observer = new ResizeObserver(this.draw);
    this.observer.observe(this);
    this.offTheme = onTheme(this.draw);
    this.addEventListener('pointerdown', (event) => this.begin(event));
    this.addEventListener('dblclick', () => this.zoomed(0, this.model.length));
    this.show(this.window);
  }

  disconnectedCallback() {
    this.observer.disconnect();
    this.offTheme();
  }

  show([from, to]) {
    this.window = [from, to];
    this.handle.style.left = `${(from / this.model.length) * 100}%`;
    this.handle.style.width = `${((to - from) / this.model.length) * 100}%`;
    this.handle.setAttribute('aria-valuenow', String(Math.round(from)));
    this.handle.setAttribute('aria-valuetext', `${micros(from)} to ${micros(to)}`);
    this.classList.toggle('all', from <= 0 && to >= this.model.length);
  }

  paint() {
    const { model } = this;
    const width = this.clientWidth, height = this.clientHeight;
    const pen = sharp(this.canvas, width, height);
    const bad = colour(this, '--fault'), warn = colour(this, '--error');
    const line = Math.max(1, Math.min(4, Math.floor((height - 6) / Math.max(1, model.size))));
    const lines = Math.max(1, Math.floor((height - 6) / line));
    // Of several spans on one line of pixels, what was drawn already need not be drawn again.
    const drawn = new Map();
    for (let pass = 0; pass < 2; pass++) {
      for (let row = 0; row < model.size; row++) {
        const failed = (model.flags[row] & BAD) !== 0;
        if (failed !== (pass === 1)) continue;
        const y = 3 + Math.floor((row / Math.max(model.size, lines)) * lines) * line;
        const x = (model.starts[row] / model.length) * width, w = Math.max(1, (model.duration(row) / model.length) * width);
        const last = drawn.get(y);
        if (pass === 0 && last && x >= last[0] && x + w <= last[1]) continue;
        if (pass === 0) drawn.set(y, [x, x + w]);
        pen.fillStyle = model.flags[row] & FAULT ? bad : failed ? warn : ink(model.service(row), 0.85);
        pen.fillRect(x, y, w, Math.max(1, line - (line > 2 ? 1 : 0)));
      }
    }
  }

  begin(event) {
    if (event.button !== 0) return;
    const box = this.getBoundingClientRect();
    const time = (one) => Math.max(0, Math.min(1, (one.clientX - box.left) / box.width)) * this.model.length;
    const from = time(event);
    this.setPointerCapture(event.pointerId);
    const move = (moved) => this.show([Math.min(from, time(moved)), Math.max(from, time(moved))]);
    this.addEventListener('pointermove', move);
    this.addEventListener('pointerup', (ended) => {
      this.removeEventListener('pointermove', move);
      const to = time(ended);
      if (Math.abs(to - from) / this.model.length < 0.004) this.zoomed(0, this.model.length);
      else this.zoomed(Math.min(from, to), Math.max(from, to));
    }, { once: true });
  }

  /** Arrows move the piece, plus and minus make it shorter and longer. */
  key(event) {
    const [from, to] = this.window, width = to - from, { length } = this.model;
    const move = { ArrowLeft: -0.1, ArrowRight: 0.1 }[event.key], scale = { '+': 0.5, '=': 0.5, '-': 2 }[event.key];
    if (!move && !scale) return;
    event.preventDefault();
    if (move) {
      const by = Math.max(-from, Math.min(length - to, move * width));
      this.zoomed(from + by, to + by);
    } else {
      const middle = (from + to) / 2, half = Math.min(length, width * scale) / 2;
      const begin = Math.max(0, Math.min(length - 2 * half, middle - half));
      this.zoomed(begin, begin + 2 * half);
    }
  }
}

customElements.define('desk-minimap', Minimap);
