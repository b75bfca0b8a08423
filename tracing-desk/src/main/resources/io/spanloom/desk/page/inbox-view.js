// What the desk refused, and why.

import { h, replace } from './dom.js';
import { onStatus } from './live.js';
import { clock, count } from './format.js';
import { answerOf } from './ask.js';
import { code } from './value-tree.js';

/** What usually helps. */
const CURES = {
  NO_NEWLINE: 'A datagram is the header {"format":"json","version":1}, a newline, the document. What sends without is no X-Ray client.',
  NO_HEADER: 'A datagram begins with {"format":"json","version":1} and a newline. Something else sends to this port: StatsD and syslog like to.',
  BAD_VERSION: 'The header says a version other than 1, the only one there is.',
  OVERSIZE: 'X-Ray takes documents of at most 64 KiB. Split the segment: Spanloom streams subsegments by itself; elsewhere lower the streaming threshold, or put less into metadata.',
  TOO_DEEP: 'More levels of nesting than anybody reads; look for a recursion that opens a subsegment each time.',
  BAD_JSON: 'The document is cut or not JSON. Over UDP a datagram may have been too large for the network.',
  NO_ID: 'Every segment and span needs an id.',
  BAD_ID: 'Ids are 16 hexadecimal digits.',
  BAD_TRACE_ID: 'A trace id is 1-, 8 hex digits of epoch seconds, -, 24 hex digits. Ids of OpenTelemetry must be made by its X-Ray id generator only for the service itself; the desk takes any.',
  NO_NAME: 'Every segment needs a name.',
  BAD_TIME: 'Times are epoch seconds as numbers: 1795287600.123, not milliseconds and not text.',
  NO_PARENT: 'A subsegment that is sent alone needs parent_id, trace_id and type subsegment.',
  BAD_OTLP: 'The body is not what its content type says: protobuf goes with application/x-protobuf, JSON with application/json.',
  BAD_GZIP: 'Content-Encoding says gzip and the body is not.',
  BAD_CONTENT_TYPE: 'OTLP over HTTP has application/x-protobuf or application/json; gRPC has a port of its own, which the desk does not listen on. Set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.',
  BUSY: 'Large bodies are read one after the other. Exporters try again; smaller batches come through at once (OTEL_BSP_MAX_EXPORT_BATCH_SIZE).',
  INTERNAL: 'This is a defect of the desk: please report it with the document.',
};

export class View extends HTMLElement {
  connectedCallback() {
    this.className = 'inbox view sheet';
    this.body = h('div');
    this.list = h('div');
    this.append(h('header.bar', h('h1', 'Inbox of rejected data')), this.body, this.list);
    this.off = onStatus((desk) => this.show(desk));
  }

  disconnectedCallback() {
    this.off();
  }

  show(desk) {
    const key = JSON.stringify(desk.rejected);
    if (key === this.shown) return;
    this.shown = key;
    const rejected = [...desk.rejected].sort((a, b) => b.count - a.count);
    replace(this.body, rejected.length
      ? h('section.card-list', h('table', h('thead', h('tr', ['Count', 'Reason', 'What helps'].map((text) => h('th', { scope: 'col' }, text)))),
        h('tbody', rejected.map((one) => h('tr', h('td', h('b', count(one.count))), h('th', { scope: 'row' }, one.text), h('td', CURES[one.reason] || ''))))))
      : h('section.card-list', h('p.lead', 'Nothing has been rejected.'), h('p', `${count(desk.received)} documents have come and all were taken.`)));
    this.listEntries();
  }

  /** The last of them, one by one. */
  async listEntries() {
    const { entries } = await answerOf('/desk/inbox?limit=100').catch(() => ({ entries: [] }));
    replace(this.list, entries.length ? h('section.card-list', h('h2', 'The last of them'), entries.map((one) => h('details', h('summary', h('small', clock(one.time)), ' ', h('b', one.text), one.detail ? `: ${one.detail}` : '', h('small', ` by ${one.protocol}${one.bytes >= 0 ? `, ${count(one.bytes)} bytes` : ''}`)),
      one.excerpt ? code(one.excerpt, 'Beginning') : h('p', 'It was not read.')))) : null);
  }
}

customElements.define('desk-inbox', View);
