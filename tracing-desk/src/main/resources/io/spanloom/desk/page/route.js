// What is looked at is in the address, behind the #: it can be kept, sent and gone back to.

import { query } from './ask.js';

const decode = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export function current() {
  const [path, search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').map(decode);
  return { view: parts[0] || 'traces', rest: parts.slice(1), parameters: Object.fromEntries(new URLSearchParams(search)) };
}

export function href(view, rest = [], parameters = {}) {
  const search = query(parameters);
  return `#/${[view, ...rest].map(encodeURIComponent).join('/')}${search && `?${search}`}`;
}

export function go(view, rest, parameters) {
  location.hash = href(view, rest, parameters);
}

/** Another state of the same view: no step back to it, no new view. */
export function keep(parameters) {
  const at = current();
  const merged = { ...at.parameters, ...parameters };
  history.replaceState(null, '', href(at.view, at.rest, merged));
}
