// Which kinds of spans the waterfall leaves out.

import { h, redraw } from './dom.js';
import { KINDS, kind } from './flags.js';
import { count } from './format.js';

export class KindMenu extends HTMLElement {
  /** @param hidden names of kinds with commas between; @param changed called with the set of those that are hidden */
  constructor(model, hidden, changed) {
    super();
    this.changed = changed;
    const counts = new Map();
    for (const flags of model.flags) counts.set(kind(flags), (counts.get(kind(flags)) || 0) + 1);
    this.boxes = Object.entries(KINDS).filter(([name]) => counts.has(name)).map(([name, title]) => [name,
      h('input', { type: 'checkbox', onchange: () => this.choose() }), title, counts.get(name)]);
    this.summary = h('summary');
    this.details = h('details.choices', this.summary, h('div.items', { role: 'group', 'aria-label': 'Kinds of spans that are shown' },
      this.boxes.map(([, box, title, number]) => h('label', box, title, h('small', count(number))))));
    this.details.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      this.details.open = false;
      this.summary.focus();
      event.stopPropagation();
    });
    this.append(this.details);
    this.show(new Set(hidden.split(',').filter((name) => counts.has(name))));
  }

  show(without) {
    this.without = without;
    for (const [name, box] of this.boxes) box.checked = !without.has(name);
    redraw(this.summary, [...without], without.size ? `Kinds: ${this.boxes.length - without.size} of ${this.boxes.length}` : 'All kinds');
  }

  choose() {
    this.show(new Set(this.boxes.filter(([, box]) => !box.checked).map(([name]) => name)));
    this.changed(this.without);
  }
}

customElements.define('desk-kinds', KindMenu);
