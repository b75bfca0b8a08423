// Each service has one colour everywhere. By its name, so that it is the same tomorrow; beside the nearest free one if taken.

import { dark } from './theme.js';

const HUES = [255, 165, 300, 75, 215, 340, 130, 45, 280, 190, 320, 100];
const taken = new Map();
const known = new Map();

function hash(text) {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  return value >>> 0;
}

export function hue(service) {
  let found = known.get(service);
  if (found === undefined) {
    let slot = hash(service) % HUES.length;
    for (let step = 0; step < HUES.length && taken.has(slot); step++) slot = (slot + 1) % HUES.length;
    if (taken.size < HUES.length) taken.set(slot, service);
    found = HUES[slot];
    known.set(service, found);
  }
  return found;
}

/** For canvases; style sheets have the same in .tinted. */
export function ink(service, alpha = 1) {
  return dark() ? `oklch(0.74 0.11 ${hue(service)} / ${alpha})` : `oklch(0.62 0.13 ${hue(service)} / ${alpha})`;
}
