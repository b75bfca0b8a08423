// Times, counts and ids as people read them.

/** Seconds: 0.000231 is 231 µs. Three digits are what anybody compares. */
export function duration(seconds) {
  if (seconds === undefined || seconds === null || Number.isNaN(seconds)) return '–';
  if (seconds < 0) return `-${duration(-seconds)}`;
  if (seconds < 0.0009995) return `${digits(seconds * 1e6)} µs`;
  if (seconds < 0.9995) return `${digits(seconds * 1e3)} ms`;
  if (seconds < 120) return `${digits(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function digits(value) {
  if (value === 0) return '0';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? trim(value.toFixed(1)) : trim(value.toFixed(2));
}

function trim(text) {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

export const micros = (value) => duration(value / 1e6);

const pad = (number, width = 2) => String(number).padStart(width, '0');

export function clock(epochSeconds, fraction = true) {
  const date = new Date(epochSeconds * 1000);
  const time = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
  return fraction ? `${time}.${pad(date.getMilliseconds(), 3)}` : time;
}

export function moment(epochMicros) {
  const date = new Date(epochMicros / 1000);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${clock(epochMicros / 1e6)}`;
}

export const count = (number) => Number(number).toLocaleString('en-US');

export const counted = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

export const percent = (share) => (share === 0 ? '0 %' : share < 0.001 ? '<0.1 %' : `${trim((share * 100).toFixed(share < 0.1 ? 1 : 0))} %`);

export function rate(perSecond) {
  if (!Number.isFinite(perSecond)) return '–';
  if (perSecond >= 10) return `${Math.round(perSecond)}/s`;
  if (perSecond >= 0.1) return `${trim(perSecond.toFixed(1))}/s`;
  return `${trim((perSecond * 60).toFixed(1))}/min`;
}

/** The path of a URL says more than its host. */
export function path(url) {
  const match = /^[a-z]+:\/\/[^/]*(\/.*)?$/i.exec(url || '');
  return match ? match[1] || '/' : url || '';
}
