// Elements are made here and nowhere else. Text is text: nothing of a trace is ever read as markup.

const SVG = 'http://www.w3.org/2000/svg';

export function h(spec, ...rest) {
  return build(spec, rest, (tag) => document.createElement(tag));
}

export function svg(spec, ...rest) {
  return build(spec, rest, (tag) => document.createElementNS(SVG, tag));
}

function build(spec, rest, create) {
  const [tag, ...classes] = spec.split('.');
  const element = create(tag || 'div');
  if (classes.length) element.setAttribute('class', classes.join(' '));
  for (const part of rest) add(element, part);
  return element;
}

function add(element, part) {
  if (part === null || part === undefined || part === false) return;
  if (Array.isArray(part)) for (const one of part) add(element, one);
  else if (part instanceof Node) element.append(part);
  else if (typeof part === 'object') set(element, part);
  else element.append(String(part));
}

export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style') for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
    else if (name in PROPERTIES) element[name] = value;
    else if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  return element;
}

const PROPERTIES = { value: 1, checked: 1, disabled: 1, hidden: 1, indeterminate: 1 };

export function replace(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Draws anew only if the key is another than the last time: what is the same keeps the focus and what is selected. */
export function redraw(element, key, ...children) {
  const text = JSON.stringify(key);
  if (element.drawnBy === text) return;
  element.drawnBy = text;
  replace(element, ...children);
}

/** The colour a custom property has right now, for canvases. */
export function colour(element, property) {
  element.style.color = `var(${property})`;
  const resolved = getComputedStyle(element).color;
  element.style.removeProperty('color');
  return resolved;
}

/** A canvas of crisp pixels, whatever the zoom. */
export function sharp(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const pen = canvas.getContext('2d');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  return pen;
}

/** Many wishes, one drawing. */
export function frame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}

export function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
