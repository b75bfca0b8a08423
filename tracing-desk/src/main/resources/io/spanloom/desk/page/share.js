// A trace as one HTML file that needs nothing else: no script, no desk. It opens anywhere, and the desk takes it back.

import { download, h } from './dom.js';
import { documentsOf } from './exports.js';
import { ask } from './ask.js';
import { micros, moment } from './format.js';
import { outcome } from './flags.js';
import { hue } from './hues.js';

/** More than this no browser opens with pleasure; the documents are whole all the same. */
const MAX_ROWS = 5000;
const MAX_DETAILS = 400;

export async function share(model) {
  const documents = (await documentsOf(model.id)).map((text) => JSON.parse(text));
  download(`trace-${model.id}.html`, 'text/html', await page(model, documents));
}

/** Made of elements like the page itself, so that nothing of a trace can become markup. */
export async function page(model, documents) {
  const rows = [];
  const details = model.size <= MAX_DETAILS ? await allDetails(model) : new Map();
  for (let row = 0; row < Math.min(model.size, MAX_ROWS); row++) rows.push(line(model, row, details.get(row)));
  const body = h('body',
    h('h1', model.name(0) || '(no name)'),
    h('p', `${moment(model.epoch)} · ${micros(model.length)} · ${model.size} spans · ${model.xrayId} · ${model.id}`),
    h('ol', rows), model.size > MAX_ROWS ? h('p', `… and ${model.size - MAX_ROWS} more, in the documents below.`) : null,
    h('details', h('summary', 'Segment documents'), h('pre', { id: 'spanloom-documents' }, JSON.stringify(documents, null, 1))),
    h('footer', 'Made by the Spanloom trace desk. Drop this file on a desk to look closer.'));
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">`
    + `<title>Trace ${model.xrayId}</title><style>${STYLE}</style></head>\n${body.outerHTML}</html>\n`;
}

async function allDetails(model) {
  const found = new Map();
  for (let row = 0; row < model.size; row++) {
    const span = await ask('span', { id: model.id, span: model.ids[row] });
    const { annotations, metadata, http, details, exceptions } = span;
    const filled = Object.entries({ exceptions, annotations, metadata, http, ...details }).filter(([, value]) => value && Object.keys(value).length);
    if (filled.length) found.set(row, JSON.stringify(Object.fromEntries(filled), null, 2));
  }
  return found;
}

function line(model, row, text) {
  const left = (model.starts[row] / model.length) * 100, width = Math.max(0.2, (model.duration(row) / model.length) * 100);
  const how = outcome(model.flags[row]);
  const head = [
    h('span.n', { style: { 'padding-left': `${Math.min(model.depths[row], 24)}em`, '--hue': hue(model.service(row)) } }, h('b', model.name(row) || '(no name)'), h('small', ` ${model.service(row)}`)),
    h('span.t', h(`i.${how}`, { style: { left: `${left}%`, width: `${width}%`, '--hue': hue(model.service(row)) } }), h('em', { style: left < 70 ? { left: `${left}%` } : { right: `${100 - left - width}%` } }, `${micros(model.duration(row))}${how === 'ok' ? '' : ` ${how}`}`))];
  return h('li', text ? h('details', h('summary', head), h('pre', text)) : h('div.s', head));
}

const STYLE = `
:root { color-scheme: light dark; font: 14px/1.5 ui-sans-serif, system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 1200px; padding: 0 1rem; }
h1 { font-size: 1.3rem; } p, footer, small { color: GrayText; } footer { margin-top: 2rem; font-size: .85rem; }
ol { list-style: none; padding: 0; border-top: 1px solid color-mix(in srgb, currentColor 12%, transparent); }
li { border-bottom: 1px solid color-mix(in srgb, currentColor 8%, transparent); }
summary, .s { display: grid; grid-template-columns: 38% 62%; align-items: center; min-height: 1.9rem; }
summary { cursor: pointer; } summary::marker { content: ''; }
details[open] > summary { background: color-mix(in srgb, currentColor 6%, transparent); }
.n { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; border-left: 4px solid oklch(.68 .13 var(--hue)); text-indent: .5em; }
.t { position: relative; height: 1.5rem; }
.t i { position: absolute; top: .15rem; height: .55rem; border-radius: 3px; min-width: 2px; background: oklch(.68 .13 var(--hue)); }
.t i.fault, .t i.error, .t i.throttle { background: #d13438; }
.t em { position: absolute; top: .72rem; font-style: normal; font-size: .7rem; line-height: 1; white-space: nowrap; color: GrayText; }
pre { overflow: auto; max-height: 30rem; padding: .8rem; background: color-mix(in srgb, currentColor 5%, transparent); border-radius: 6px; font-size: .8rem; }
`;
