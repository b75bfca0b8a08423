// Dark or light: as the system has it, unless somebody chose.

import { store, stored } from './storage.js';

const KEY = 'spanloom.theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set();

const choice = () => stored(KEY) || 'system';

export const dark = () => (choice() === 'system' ? system.matches : choice() === 'dark');

export function choose(theme) {
  store(KEY, theme === 'system' ? null : theme);
  apply();
}

export function apply() {
  document.documentElement.dataset.theme = dark() ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

/** Canvases draw again. */
export function onTheme(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

system.addEventListener('change', apply);
