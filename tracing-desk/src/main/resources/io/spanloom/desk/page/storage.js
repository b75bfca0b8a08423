// What the browser keeps of somebody's choices. Where it keeps nothing (storage refused), the page does until it is closed.

const here = new Map();

export function stored(key) {
  try {
    return localStorage.getItem(key) ?? here.get(key) ?? null;
  } catch {
    return here.get(key) ?? null;
  }
}

/** @param value null to forget it */
export function store(key, value) {
  if (value === null) here.delete(key);
  else here.set(key, value);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // It is kept here.
  }
}
