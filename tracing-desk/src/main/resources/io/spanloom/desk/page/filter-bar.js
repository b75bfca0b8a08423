// One line for a filter expression. What is wrong with it is shown below the place, while it is being written.

import { h, replace } from './dom.js';
import { ask, Refused } from './ask.js';
import { completions, loadWords } from './completion.js';

export class FilterBar extends HTMLElement {
  /** @param changed called with each expression that means something */
  constructor(value, changed) {
    super();
    this.initial = value;
    this.changed = changed;
    this.chosen = -1;
  }

  connectedCallback() {
    if (this.input) return;
    this.input = h('input', {
      type: 'text', id: 'filter', value: this.initial, spellcheck: 'false', autocomplete: 'off', role: 'combobox',
      'aria-label': 'Filter expression', 'aria-expanded': 'false', 'aria-controls': 'filter-words', 'aria-autocomplete': 'list',
      'aria-describedby': 'filter-error', placeholder: 'service("api") AND duration > 0.5        / to begin, Ctrl+Space completes',
      oninput: () => this.typed(), onkeydown: (event) => this.key(event), onblur: () => setTimeout(() => this.hide(), 150),
    });
    this.list = h('ul.words', { id: 'filter-words', role: 'listbox', 'aria-label': 'Completions', hidden: true });
    this.error = h('pre.caret', { id: 'filter-error', role: 'status' });
    this.clearer = h('button.quiet.clear', { 'aria-label': 'Clear filter', title: 'Clear filter', onclick: () => this.put('') }, '✕');
    this.append(h('div.field', h('span.sign', { 'aria-hidden': 'true' }, '⌕'), this.input, this.clearer, this.list), this.error);
    this.clearer.hidden = !this.initial;
    loadWords();
    if (this.initial) this.check();
  }

  /** Whoever has gone on meanwhile is not called back. */
  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  get value() {
    return this.input.value;
  }

  /** Sets another expression and applies it. */
  put(value) {
    this.input.value = value;
    this.hide();
    this.apply();
  }

  /** Narrows by one more condition. */
  and(condition) {
    const now = this.value.trim();
    this.put(!now ? condition : now.includes(condition) ? now : `${/\bOR\b/i.test(now) ? `(${now})` : now} AND ${condition}`);
  }

  typed() {
    this.offer();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.apply(), 300);
  }

  async apply() {
    clearTimeout(this.timer);
    this.clearer.hidden = !this.value;
    const value = this.value.trim();
    if ((await this.check()) && this.isConnected && value === this.value.trim()) this.changed(value);
  }

  /** Asks the desk, which knows the language. */
  async check() {
    const text = this.value;
    try {
      await ask('check', { filter: text });
      if (text === this.value) this.say('');
      return true;
    } catch (error) {
      if (text !== this.value || !(error instanceof Refused)) return false;
      const at = error.position ?? 0;
      const from = Math.max(0, at - 60);
      const shown = (from > 0 ? '…' : '') + text.slice(from, at + 40).replace(/\s/g, ' ');
      this.say(`${shown}\n${' '.repeat(at - from + (from > 0 ? 1 : 0))}^ ${error.message} (column ${at + 1})`);
      return false;
    }
  }

  say(text) {
    this.error.textContent = text;
    this.input.setAttribute('aria-invalid', String(text !== ''));
  }

  // --- completion

  /** @param all also where no word has been begun */
  offer(all = false) {
    const caret = this.input.selectionStart, begun = /[A-Za-z_."[]$/.test(this.value.slice(0, caret));
    const { from, words } = all || begun ? completions(this.value, caret, all) : { from: caret, words: [] };
    this.from = from;
    this.chosen = words.length ? 0 : -1;
    replace(this.list, words.map((word, i) => h('li', {
      id: `word-${i}`, role: 'option', 'aria-selected': String(i === 0), onmousedown: (event) => { event.preventDefault(); this.take(word); },
    }, h('span', word.text), h('small', word.kind))));
    this.words = words;
    this.list.hidden = words.length === 0;
    this.input.setAttribute('aria-expanded', String(words.length > 0));
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((item, i) => {
      item.setAttribute('aria-selected', String(i === this.chosen));
      if (i === this.chosen) item.scrollIntoView({ block: 'nearest' });
    });
    if (this.chosen >= 0) this.input.setAttribute('aria-activedescendant', `word-${this.chosen}`);
    else this.input.removeAttribute('aria-activedescendant');
  }

  take(word) {
    const rest = this.value.slice(this.input.selectionStart);
    const head = this.value.slice(0, this.from) + word.insert;
    this.input.value = head + rest;
    const caret = head.length - (word.back || 0);
    this.input.setSelectionRange(caret, caret);
    this.input.focus();
    this.hide();
    this.typed();
  }

  hide() {
    this.list.hidden = true;
    this.chosen = -1;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  key(event) {
    const open = !this.list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      this.offer(true);
    } else if (open && step) {
      event.preventDefault();
      this.chosen = (this.chosen + step + this.words.length) % this.words.length;
      this.mark();
    } else if (open && event.key === 'Tab' && this.chosen >= 0) {
      event.preventDefault();
      this.take(this.words[this.chosen]);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.hide();
      this.apply();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (open) this.hide();
      else this.input.blur();
    }
  }

  focus() {
    this.input.focus();
    this.input.select();
  }
}

customElements.define('desk-filter', FilterBar);
