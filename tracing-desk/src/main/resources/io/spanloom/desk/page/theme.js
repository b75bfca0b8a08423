// Dark or light: as the system has it, unless somebody chose.

const KEY = 'spanloom.theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set();

export const choice = () => localStorage.getItem(KEY) || 'system';

export const dark = () => (choice() === 'system' ? system.matches : choice() === 'dark');

export function choose(theme) {
  if (theme === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, theme);
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
