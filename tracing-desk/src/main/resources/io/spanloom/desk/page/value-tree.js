// Values of any depth, to open and close; and code to copy.

import { h, replace } from './dom.js';
import { icon } from './icons.js';

const MANY = 100;

export function valueTree(value, path = '', secrets = []) {
  if (value === null || typeof value !== 'object') return leaf(value, secrets.includes(path));
  const entries = Array.isArray(value) ? value.map((one, i) => [String(i), one]) : Object.entries(value);
  if (!entries.length) return h('span.value.none', Array.isArray(value) ? '[ ]' : '{ }');
  return h('dl.values', entries.slice(0, MANY).map(([key, one]) => row(key, one, Array.isArray(value) ? path : path ? `${path}.${key}` : key, secrets)),
    entries.length > MANY ? h('dt.more', `… ${entries.length - MANY} more`) : null);
}

function row(key, value, path, secrets) {
  if (value !== null && typeof value === 'object' && Object.keys(value).length) {
    const size = Object.keys(value).length;
    const details = h('details', { open: size <= 12 }, h('summary', h('span.key', key), h('small', Array.isArray(value) ? `[${size}]` : `{${size}}`)));
    // What is closed costs nothing until it is opened.
    const fill = () => details.open && details.children.length === 1 && details.append(valueTree(value, path, secrets));
    details.addEventListener('toggle', fill);
    fill();
    return h('div.branch', details);
  }
  return h('div.pair', h('dt.key', key), h('dd', leaf(value, secrets.includes(path))));
}

function leaf(value, secret) {
  const kind = value === null ? 'null' : typeof value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return h(`span.value.${kind}`, secret ? h('mark.secret', { title: 'Looks like a secret' }, text) : text);
}

export function copyButton(text, what = 'Copy') {
  const button = h('button.copy', {
    title: what, 'aria-label': what,
    onclick: async () => {
      await copy(typeof text === 'function' ? text() : text);
      replace(button, icon('done'));
      setTimeout(() => replace(button, icon('copy')), 1200);
    },
  }, icon('copy'));
  return button;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Only pages by https or of loopback have a clipboard; a selection does everywhere.
    const area = h('textarea', { value: text, 'aria-hidden': 'true' });
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}

export function code(text, label) {
  return h('div.code', { 'data-label': label }, copyButton(text, `Copy ${label}`), h('pre', { tabindex: '0', role: 'region', 'aria-label': label }, text));
}
