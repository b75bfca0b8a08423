// A segment document as the spans of OTLP that say the same; read back by any collector, and by the desk.

const SERVER = 2, CLIENT = 3, INTERNAL = 1, STATUS_ERROR = 2;

/** All spans of some documents, as the body of an export request. */
export function otlpOf(documents) {
  const resources = new Map();
  for (const document of documents) {
    const open = [[document, document.parent_id || '', serviceOf(document)]];
    while (open.length) {
      const [part, parent, service] = open.pop();
      const spans = resources.get(service) || resources.set(service, []).get(service);
      spans.push(otlpSpan(part, document.trace_id, parent));
      for (const below of part.subsegments || []) open.push([below, part.id, service]);
    }
  }
  return { resourceSpans: [...resources].map(([service, spans]) => ({
    resource: { attributes: service ? [attribute('service.name', service)] : [] },
    scopeSpans: [{ scope: { name: 'io.spanloom.desk' }, spans }],
  })) };
}

function serviceOf(document) {
  return document.metadata?.spanloom?.service || (document.type === 'subsegment' ? document.metadata?.spanloom?.service || '' : document.name);
}

export function otlpSpan(part, traceId, parent) {
  const segment = !part.type && part.trace_id !== undefined && part.namespace === undefined;
  const span = {
    traceId: plainId(traceId || ''),
    spanId: part.id,
    parentSpanId: parent || undefined,
    name: part.metadata?.spanloom?.operation || part.name,
    kind: segment ? SERVER : part.namespace && part.namespace !== 'local' ? CLIENT : INTERNAL,
    startTimeUnixNano: nanos(part.start_time),
    endTimeUnixNano: part.in_progress ? '0' : nanos(part.end_time),
    attributes: attributes(part),
  };
  const events = exceptions(part);
  if (events.length) span.events = events;
  const links = linksOf(part);
  if (links.length) span.links = links.map((link) => ({ traceId: plainId(link.trace), spanId: link.id, attributes: Object.entries(link.attributes || {}).map(([key, value]) => attribute(key, value)) }));
  if (part.fault || part.error) span.status = { code: STATUS_ERROR };
  return span;
}

const plainId = (traceId) => traceId.replace(/^1-/, '').replace('-', '');

/** To other spans: as a document has them, or as Spanloom notes them where a document has no place. */
export function linksOf(part, span) {
  const links = part?.links || part?.metadata?.spanloom?.links || span?.details.links || span?.metadata.spanloom?.links;
  if (!Array.isArray(links)) return [];
  return links.map((link) => ({ trace: String(link?.trace_id || link?.traceId || ''), id: String(link?.id || link?.spanId || link?.span_id || ''), attributes: link?.attributes })).filter((link) => link.trace);
}

/** Text, for a double has too few digits for nanoseconds. */
function nanos(seconds) {
  if (typeof seconds !== 'number') return '0';
  const whole = Math.floor(seconds);
  const micros = Math.round((seconds - whole) * 1e6);
  return `${BigInt(whole) * 1000000000n + BigInt(micros) * 1000n}`;
}

function attribute(key, value) {
  return { key, value: anyValue(value) };
}

function anyValue(value) {
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  if (value && typeof value === 'object') return { kvlistValue: { values: Object.entries(value).map(([key, one]) => attribute(key, one)) } };
  return { stringValue: value === null || value === undefined ? '' : String(value) };
}

const RENAMED = [
  ['http.request.method', (part) => part.http?.request?.method],
  ['url.full', (part) => part.http?.request?.url],
  ['user_agent.original', (part) => part.http?.request?.user_agent],
  ['client.address', (part) => part.http?.request?.client_ip],
  ['http.response.status_code', (part) => part.http?.response?.status],
  ['db.query.text', (part) => part.sql?.sanitized_query],
  ['db.system', (part) => part.sql?.database_type],
  ['db.user', (part) => part.sql?.user],
  ['enduser.id', (part) => part.user],
  ['rpc.system', (part) => (part.namespace === 'aws' ? 'aws-api' : undefined)],
  ['rpc.method', (part) => part.aws?.operation],
  ['aws.region', (part) => part.aws?.region],
  ['aws.requestId', (part) => part.aws?.request_id],
  ['aws.table.name', (part) => part.aws?.table_name],
  ['aws.queue.url', (part) => part.aws?.queue_url],
];

function attributes(part) {
  const found = [];
  for (const [key, read] of RENAMED) {
    const value = read(part);
    if (value !== undefined && value !== null && value !== '') found.push(attribute(key, value));
  }
  const annotations = Object.entries(part.annotations || {});
  for (const [key, value] of annotations) found.push(attribute(key, value));
  if (annotations.length) found.push(attribute('aws.xray.annotations', annotations.map(([key]) => key)));
  for (const [namespace, values] of Object.entries(part.metadata || {})) {
    if (namespace === 'default') for (const [key, value] of Object.entries(values || {})) found.push(attribute(key, value));
    else found.push(attribute(`aws.xray.metadata.${namespace}`, JSON.stringify(values)));
  }
  return found;
}

function exceptions(part) {
  return (part.cause?.exceptions || []).map((one) => ({
    name: 'exception',
    timeUnixNano: nanos(part.end_time ?? part.start_time),
    attributes: [
      attribute('exception.type', one.type || ''), attribute('exception.message', one.message || ''),
      ...(one.stack?.length ? [attribute('exception.stacktrace', stackText(one))] : []),
    ],
  }));
}

export function stackText(exception) {
  const jvm = (exception.stack || []).some((frame) => frame.path);
  const frames = (exception.stack || []).map((frame) => (jvm ? `\tat ${frame.label || '?'}(${frame.path || 'Unknown Source'}${frame.line > 0 ? `:${frame.line}` : ''})` : frame.label || '?'));
  const cut = exception.truncated ? [`\t... ${exception.truncated} more`] : [];
  return [`${exception.type || ''}${exception.message ? `: ${exception.message}` : ''}`, ...frames, ...cut].join('\n');
}

/** The part of a document that is about one span. */
export function partOf(document, id) {
  const open = [document];
  while (open.length) {
    const part = open.pop();
    if (part?.id === id) return part;
    for (const below of part?.subsegments || []) open.push(below);
  }
  return null;
}
