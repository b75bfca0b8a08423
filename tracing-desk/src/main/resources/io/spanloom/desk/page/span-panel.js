// Everything about one span.

import { h, replace } from './dom.js';
import { ask } from './ask.js';
import { copyButton, code, valueTree } from './value-tree.js';
import { linksOf, otlpSpan, partOf, stackText } from './otlp.js';
import { decision } from './decision.js';
import { count, counted, micros, moment, percent } from './format.js';
import { OUTCOME, ORPHAN, SKEW, IN_PROGRESS, outcome } from './flags.js';
import { hue } from './hues.js';
import { href } from './route.js';

const MANY_LINKS = 100;

export class SpanPanel extends HTMLElement {
  constructor(model, chosen, closed) {
    super();
    this.model = model;
    this.chosen = chosen;
    this.closed = closed;
  }

  connectedCallback() {
    this.tabIndex = -1;
    this.setAttribute('role', 'region');
    this.setAttribute('aria-label', 'Span');
  }

  async show(row) {
    const { model } = this;
    this.row = row;
    const id = model.ids[row];
    let span;
    try {
      span = await ask('span', { id: model.id, span: id });
    } catch (error) {
      span = null;
      if (this.row === row) replace(this, h('p.empty', error.message));
    }
    if (!span || this.row !== row) return;
    const document = parse(span.document);
    const part = document && partOf(document, id);
    this.scrollTop = 0;
    replace(this, this.head(row, span), this.remarks(row, span), this.exceptions(span, part), this.http(span), this.sql(span), this.annotations(span),
      this.metadata(span), this.details(span), this.links(span, part), this.sampling(span, part, document), this.raw(row, span, part, document));
  }

  head(row, span) {
    const { model } = this;
    const how = outcome(model.flags[row]);
    const way = model.way(row).slice(0, -1);
    const shown = way.length > 6 ? [...way.slice(0, 2), -1, ...way.slice(-3)] : way;
    const fact = (name, ...value) => [h('dt', name), h('dd', ...value)];
    return h('section.head',
      h('nav.way', { 'aria-label': 'Way to the root' }, shown.map((at) => at < 0 ? h('span', '…') : h('button', { onclick: () => this.chosen(at) }, model.name(at) || '(no name)'))),
      h('header', h('h2.tinted', { style: { '--hue': hue(span.service || '') } }, h('i.dot'), span.name || '(no name)'), h(`span.pill.${how}`, OUTCOME[how]),
        h('button.quiet', { 'aria-label': 'Close', title: 'Close (Esc)', onclick: () => this.closed() }, '✕')),
      h('dl.facts',
        fact('Service', span.service || '–'),
        fact('Took', h('b', model.flags[row] & IN_PROGRESS ? 'in progress' : micros(model.duration(row))), h('small', ` ${percent(model.duration(row) / model.length)} of the trace`)),
        fact('Self', micros(Math.max(0, model.selfTimes[row])), model.criticalTimes[row] ? h('small', ` ${micros(model.criticalTimes[row])} on the critical path`) : null),
        fact('Began', moment(span.start), h('small', ` +${micros(model.starts[row])}`)),
        fact('Is', `${span.kind}${span.namespace ? `, ${span.namespace}` : ''}, by ${span.source === 'otlp' ? 'OTLP' : 'X-Ray'}`),
        fact('Span id', h('code', span.id), copyButton(span.id, 'Copy span id')),
        fact('Trace', h('code', model.xrayId), copyButton(model.xrayId, 'Copy X-Ray trace id')),
        fact('', h('code', model.id), copyButton(model.id, 'Copy W3C trace id')),
        span.parentId ? fact('Parent', h('code', span.parentId), copyButton(span.parentId, 'Copy parent id')) : null));
  }

  remarks(row, span) {
    const flags = this.model.flags[row];
    const found = [
      flags & ORPHAN ? ['warn', 'Its parent has not come: a load balancer or an untraced caller may have made it up, or the document was lost.'] : null,
      flags & SKEW ? ['warn', 'It begins before the call that led here: the clocks of the two machines differ.'] : null,
      flags & IN_PROGRESS ? ['warn', 'It had not ended when the desk last heard of it.'] : null,
      ...span.secrets.map((path) => ['warn', `${path} looks like a secret. The key can be hidden: tracing.redact-keys.`]),
      ...span.hints.map((hint) => ['hint', hint]),
    ].filter(Boolean);
    return found.length ? h('section', h('ul.remarks', found.map(([kind, text]) => h(`li.${kind}`, text)))) : null;
  }

  exceptions(span, part) {
    const raw = part?.cause?.exceptions || [];
    if (!span.exceptions.length) return typeof part?.cause === 'string' ? h('section', h('h3', 'Exception'), h('p', 'The one that a span below describes.')) : null;
    return h('section.exceptions', h('h3', 'Exception'), span.exceptions.map((one, i) => {
      const known = raw[i] || {};
      const text = stackText({ ...known, type: one.type, message: one.message });
      return h('div.thrown', h('p', i ? h('small', 'caused by ') : null, h('b', one.type || 'Error'), copyButton(text, 'Copy stack'), one.message ? h('span.message', one.message) : null),
        known.stack?.length ? h('details', { open: i === 0 }, h('summary', `${counted(known.stack.length, 'frame')}${known.truncated ? `, ${known.truncated} cut` : ''}`),
          h('ol.stack', known.stack.map((frame) => h('li', h('code', frame.label || '?'), h('small', ` ${frame.path || ''}${frame.line > 0 ? `:${frame.line}` : ''}`))))) : null);
    }));
  }

  http(span) {
    const { request, response } = span.http;
    if (!request && !response) return null;
    const { method, url, ...more } = request || {};
    return h('section', h('h3', 'HTTP'), h('p.call', method ? h('b', method) : null, ' ', h('code', url || ''), url ? copyButton(url, 'Copy URL') : null,
      response?.status ? h('span.pill', { class: `pill s${Math.floor(response.status / 100)}` }, response.status) : null),
      Object.keys(more).length || Object.keys(response || {}).length > 1 ? valueTree({ ...more, ...(response ? { response } : {}) }, 'http.request', span.secrets) : null);
  }

  sql(span) {
    const { sql } = span.details;
    if (!sql || typeof sql !== 'object') return null;
    const { sanitized_query: statement, ...more } = sql;
    return h('section', h('h3', 'SQL'), statement ? code(statement, 'statement') : null, Object.keys(more).length ? valueTree(more, 'sql', span.secrets) : null);
  }

  annotations(span) {
    if (!Object.keys(span.annotations).length) return null;
    return h('section', h('h3', 'Annotations', h('small', 'indexed')), valueTree(span.annotations, 'annotations', span.secrets));
  }

  metadata(span) {
    const { default: plain, ...named } = span.metadata;
    if (!plain && !Object.keys(named).length) return null;
    const all = { ...(plain || {}) };
    return h('section', h('h3', 'Metadata', copyButton(() => JSON.stringify(span.metadata, null, 2), 'Copy metadata')),
      plain ? valueTree(all, 'metadata.default', span.secrets) : null, Object.keys(named).length ? valueTree(named, 'metadata', span.secrets) : null);
  }

  details(span) {
    const { sql, links, ...more } = span.details;
    return Object.keys(more).length ? h('section', h('h3', 'More'), valueTree(more, '', span.secrets)) : null;
  }

  links(span, part) {
    const links = linksOf(part, span);
    if (!links.length) return null;
    return h('section', h('h3', 'Links', h('small', counted(links.length, 'span'))), h('ul.links', links.slice(0, MANY_LINKS).map((link) =>
      h('li', h('a', { href: href('trace', [link.trace], { span: link.id }) }, link.trace), ' ', h('small', link.id), link.attributes ? valueTree(link.attributes, 'links') : null)),
    links.length > MANY_LINKS ? h('li', h('small', `… ${count(links.length - MANY_LINKS)} more`)) : null));
  }

  sampling(span, part, document) {
    if (span.kind !== 'segment') return null;
    const box = h('section', h('h3', 'Sampling'));
    decision(span, part || document).then((content) => content ? replace(box, h('h3', 'Sampling'), content) : box.remove());
    return box;
  }

  raw(row, span, part, document) {
    if (!document) return null;
    const segment = JSON.stringify(part || document, null, 2);
    const otel = JSON.stringify(otlpSpan(part || document, document.trace_id || this.model.xrayId, span.parentId), null, 2);
    return h('section.raw', h('h3', 'Raw'), h('div.sides', h('div', h('h4', span.source === 'otlp' ? 'As an X-Ray segment' : 'X-Ray, as it came'), code(segment, 'X-Ray document')),
      h('div', h('h4', 'As an OpenTelemetry span'), code(otel, 'OpenTelemetry span'))));
  }
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

customElements.define('desk-span', SpanPanel);
