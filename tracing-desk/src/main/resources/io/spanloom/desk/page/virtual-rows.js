// A list of any length of which only the rows in sight exist. Rows are made once and filled again as they come into sight.

import { h, frame } from './dom.js';

const MARGIN = 8;

export class VirtualRows {
  /**
   * @param scroller the element that scrolls
   * @param height of a row, in CSS pixels
   * @param create makes an empty row
   * @param fill shows number i in a row
   */
  constructor(scroller, height, create, fill) {
    this.scroller = scroller;
    this.height = height;
    this.create = create;
    this.fill = fill;
    this.count = 0;
    this.pool = [];
    this.body = h('div.virtual', { role: 'presentation' });
    scroller.append(this.body);
    this.draw = frame(() => this.show());
    scroller.addEventListener('scroll', this.draw, { passive: true });
    this.observer = new ResizeObserver(this.draw);
  }

  /** While the list is on the page. */
  observe() {
    this.observer.observe(this.scroller);
  }

  /** After the rows have become others. */
  reset(count) {
    this.count = count;
    this.body.style.height = `${count * this.height}px`;
    this.refresh();
  }

  refresh() {
    for (const row of this.pool) row.shown = -1;
    this.draw();
  }

  show() {
    const top = this.scroller.scrollTop;
    const first = Math.max(0, Math.floor(top / this.height) - MARGIN);
    const last = Math.min(this.count, Math.ceil((top + this.scroller.clientHeight) / this.height) + MARGIN);
    const needed = Math.max(last - first, 1);
    if (this.pool.length < needed) {
      // Rows keep their place by index modulo the pool, so a larger pool places all anew.
      while (this.pool.length < needed + MARGIN) {
        const element = this.create();
        this.body.append(element);
        this.pool.push({ element, shown: -1 });
      }
      for (const row of this.pool) row.shown = -1;
    }
    const size = this.pool.length;
    const used = new Array(size).fill(false);
    for (let i = first; i < last; i++) {
      const row = this.pool[i % size];
      used[i % size] = true;
      if (row.shown !== i) {
        row.shown = i;
        row.element.hidden = false;
        row.element.style.transform = `translateY(${i * this.height}px)`;
        this.fill(row.element, i);
      }
    }
    this.pool.forEach((row, i) => {
      if (!used[i] && !row.element.hidden) {
        row.element.hidden = true;
        row.shown = -1;
      }
    });
  }

  ensureVisible(i) {
    const top = i * this.height;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = Math.max(0, top - this.height);
    else if (top + this.height > scrollTop + clientHeight) this.scroller.scrollTop = top + 2 * this.height - clientHeight;
    this.show();
  }

  /** Rows that fit, for the page keys. */
  get page() {
    return Math.max(1, Math.floor(this.scroller.clientHeight / this.height) - 1);
  }

  close() {
    this.observer.disconnect();
  }
}
