// What somebody does not want to see in the list, such as health checks: patterns for names and URLs.

import { h, redraw } from './dom.js';
import { store, stored } from './storage.js';

const KEY = 'spanloom.ignore';
/** Names in the list are cut; the desk takes patterns of so many characters. */
const MAX = 290;

/** What is ignored where the address says nothing. */
export const keptIgnored = () => stored(KEY) || '';

export class IgnoreBar extends HTMLElement {
  /** @param text a pattern a line; @param changed called with another */
  constructor(text, changed) {
    super();
    this.patterns = text.split('\n').filter(Boolean);
    this.changed = changed;
    this.chips = h('span.chips');
    this.input = h('input', { type: 'text', size: 22, spellcheck: 'false', 'aria-label': 'Ignore names or URLs', placeholder: 'Ignore, such as */health*', title: '* is anything, ? is a character', onkeydown: (event) => this.key(event), onchange: () => this.add(this.input.value) });
    this.append(this.chips, this.input);
    this.draw();
  }

  draw() {
    redraw(this.chips, this.patterns, this.patterns.map((pattern) => h('button.chip.on', { title: 'No longer ignore', 'aria-label': `No longer ignore ${pattern}`, onclick: () => this.put(this.patterns.filter((one) => one !== pattern)) }, h('s', pattern), ' ✕')));
  }

  key(event) {
    if (event.key === 'Escape') {
      this.input.value = '';
      this.input.blur();
      event.preventDefault();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.add(this.input.value);
    }
  }

  add(text) {
    const pattern = text.replace(/[\r\n]/g, '?').trim();
    this.input.value = '';
    if (pattern && !this.patterns.includes(pattern)) this.put([...this.patterns, pattern]);
  }

  /** Traces that are called so. */
  addName(name) {
    this.add(name.length > MAX ? `${name.slice(0, MAX)}*` : name);
  }

  put(patterns) {
    this.patterns = patterns;
    const text = patterns.join('\n');
    store(KEY, text || null);
    this.draw();
    this.changed(text);
  }
}

customElements.define('desk-ignore', IgnoreBar);
