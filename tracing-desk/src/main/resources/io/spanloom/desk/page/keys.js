// Keys of the view that is shown, and the list of them behind "?".

import { h } from './dom.js';

const GLOBAL = [
  ['?', 'This list', () => help()],
  ['g t', 'Traces', () => (location.hash = '#/traces')],
  ['g m', 'Service map', () => (location.hash = '#/map')],
  ['g s', 'Sampling', () => (location.hash = '#/sampling')],
  ['g g', 'Groups', () => (location.hash = '#/groups')],
  ['g i', 'Inbox of rejected data', () => (location.hash = '#/inbox')],
  ['g w', 'Why is there no trace?', () => (location.hash = '#/why')],
];

let ofView = [];
let prefix = '';
let prefixAt = 0;

/** @param keys [key, what it does, action] each; a key of the keyboard's name, or two with a space */
export function keysOfView(keys) {
  ofView = keys;
}

function typing(target) {
  return target.closest('input, textarea, select, [contenteditable]');
}

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing(event.target) && event.key !== 'Escape') return;
  if (document.querySelector('dialog[open]')) return;
  // It is the link's or the button's own.
  if (event.key === 'Enter' && event.target.closest('a, button, summary, [role=button]')) return;
  const now = performance.now();
  const pressed = prefix && now - prefixAt < 1500 ? `${prefix} ${event.key}` : event.key;
  prefix = '';
  const found = [...ofView, ...GLOBAL].find(([key]) => key === pressed);
  if (found) {
    event.preventDefault();
    found[2](event);
  } else if ([...ofView, ...GLOBAL].some(([key]) => key.startsWith(`${pressed} `))) {
    prefix = pressed;
    prefixAt = now;
  }
});

export function help() {
  const list = (title, keys) => h('section', h('h3', title), h('dl.keys', keys.map(([key, what]) => [
    h('dt', key.split(' ').map((one) => h('kbd', name(one)))), h('dd', what)])));
  const dialog = h('dialog.help', { 'aria-label': 'Keys', onclose: () => dialog.remove() },
    h('header', h('h2', 'Keys'), h('button.quiet', { onclick: () => dialog.close(), 'aria-label': 'Close' }, '✕')),
    h('div.columns', ofView.length ? list('Here', ofView) : null, list('Everywhere', GLOBAL)));
  document.body.append(dialog);
  dialog.showModal();
}

const NAMES = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc' };
const name = (key) => NAMES[key] || key;
