// Files dropped on the page: segment documents, OTLP in JSON, or a trace that was shared as HTML.

import { h } from './dom.js';
import { importOtlp, xray } from './ask.js';
import { counted } from './format.js';
import { tell } from './toast.js';

const MAX = 16 * 1024 * 1024;
const AT_ONCE = 50;

export function acceptDrops(page) {
  const veil = h('div.veil', { hidden: true }, h('p', 'Drop traces here: X-Ray JSON, OTLP JSON, or a shared HTML file'));
  page.append(veil);
  addEventListener('dragover', (event) => {
    if (![...event.dataTransfer.types].includes('Files')) return;
    event.preventDefault();
    veil.hidden = false;
  });
  addEventListener('dragleave', (event) => event.relatedTarget === null && (veil.hidden = true));
  addEventListener('drop', (event) => {
    veil.hidden = true;
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
}

export function pick() {
  const input = h('input', { type: 'file', multiple: true, accept: '.json,.jsonl,.html', onchange: () => take([...input.files]) });
  input.click();
}

async function take(files) {
  for (const file of files) {
    try {
      if (file.size > MAX) throw new Error('more than 16 MiB');
      const { text, ids } = await read(await file.text());
      tell(`${file.name}: ${text}`, ids);
    } catch (error) {
      tell(`${file.name}: ${error.message}`, [], true);
    }
  }
}

/** Which of the forms it is, by what is in it. */
export async function read(text) {
  const documents = text.trimStart().startsWith('<') ? shared(text) : null;
  if (documents) return putSegments(documents);
  let values;
  try {
    values = [JSON.parse(text)];
  } catch {
    values = text.split('\n').filter((line) => line.trim()).map((line) => JSON.parse(line));
  }
  const otlp = values.filter((value) => value.resourceSpans);
  let spans = 0;
  for (const value of otlp) spans += (await importOtlp(JSON.stringify(value))).spans;
  const segments = values.filter((value) => !value.resourceSpans).flatMap(segmentsOf);
  if (!otlp.length && !segments.length) throw new Error('neither segment documents nor OTLP');
  if (!segments.length) return { text: `${counted(spans, 'span')} taken`, ids: otlp.flatMap(idsOfOtlp) };
  return putSegments(segments);
}

/** A list of documents, one alone, or the answer of BatchGetTraces. */
function segmentsOf(value) {
  if (Array.isArray(value)) return value.flatMap(segmentsOf);
  if (typeof value === 'string') return [value];
  if (value.Traces) return value.Traces.flatMap((trace) => trace.Segments.map((segment) => segment.Document));
  if (value.Document) return [value.Document];
  return value.id && value.trace_id ? [JSON.stringify(value)] : [];
}

function shared(html) {
  const match = /<pre id="spanloom-documents"[^>]*>([\s\S]*?)<\/pre>/.exec(html);
  if (!match) throw new Error('no trace in this file');
  const plain = match[1].replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&nbsp;/g, '\u00a0').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
  return JSON.parse(plain).map((document) => JSON.stringify(document));
}

async function putSegments(documents) {
  let refused = [];
  for (let i = 0; i < documents.length; i += AT_ONCE) {
    const answer = await xray('TraceSegments', { TraceSegmentDocuments: documents.slice(i, i + AT_ONCE) });
    refused = refused.concat(answer.UnprocessedTraceSegments || []);
  }
  const ids = [...new Set(documents.map((text) => /"trace_id"\s*:\s*"([^"]+)"/.exec(text)?.[1]).filter(Boolean))];
  const text = `${counted(documents.length - refused.length, 'document')} taken`;
  return { text: refused.length ? `${text}, ${refused.length} refused: ${refused[0].Message}` : text, ids };
}

function idsOfOtlp(value) {
  return [...new Set(value.resourceSpans.flatMap((resource) => resource.scopeSpans || []).flatMap((scope) => scope.spans || []).map((span) => span.traceId))];
}
