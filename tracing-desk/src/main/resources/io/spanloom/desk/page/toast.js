// A sentence in the corner, for a while.

import { h } from './dom.js';

/** @param ids of traces that can be opened from there */
export function tell(text, ids = [], bad = false) {
  const note = h('div.toast', { role: bad ? 'alert' : 'status', class: bad ? 'toast bad' : 'toast' }, h('p', text),
    ids.slice(0, 3).map((id) => h('a', { href: `#/trace/${encodeURIComponent(id)}` }, 'Open')), h('button.quiet', { 'aria-label': 'Close', onclick: () => note.remove() }, '✕'));
  document.body.append(note);
  setTimeout(() => note.remove(), 12000);
}
