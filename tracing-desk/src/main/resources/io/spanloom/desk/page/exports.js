// A trace as a file for other tools.

import { ask } from './ask.js';
import { download } from './dom.js';
import { otlpOf } from './otlp.js';

export async function documentsOf(id) {
  const { documents } = await ask('documents', { id });
  return documents;
}

/** A list of segment documents: what PutTraceSegments takes, one by one. */
export async function exportXray(id) {
  const documents = await documentsOf(id);
  download(`trace-${id}.xray.json`, 'application/json', `[\n${documents.join(',\n')}\n]\n`);
}

/** The body of an export request: what a collector takes at /v1/traces. */
export async function exportOtlp(id) {
  const documents = (await documentsOf(id)).map((text) => JSON.parse(text));
  download(`trace-${id}.otlp.json`, 'application/json', `${JSON.stringify(otlpOf(documents), null, 2)}\n`);
}
