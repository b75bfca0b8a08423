// A Node service with OpenTelemetry: answers, after calling the services that the query names.
// usage: OTEL_PROPAGATORS=... OTEL_EXPORTER_OTLP_ENDPOINT=http://HOST:PORT node otel_relay.js NAME
// says "listening PORT" when it does.
'use strict';

const http = require('http');
const { context, propagation, trace, SpanKind, TraceFlags } = require('@opentelemetry/api');
const { CompositePropagator, W3CTraceContextPropagator } = require('@opentelemetry/core');
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-http');
const { AWSXRayPropagator } = require('@opentelemetry/propagator-aws-xray');
const { B3InjectEncoding, B3Propagator } = require('@opentelemetry/propagator-b3');
const { resourceFromAttributes } = require('@opentelemetry/resources');
const { NodeTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-node');

const name = process.argv[2];

const propagators = {
  tracecontext: () => new W3CTraceContextPropagator(),
  xray: () => new AWSXRayPropagator(),
  b3: () => new B3Propagator(),
  b3multi: () => new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
};

const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ 'service.name': name }),
  spanProcessors: [new SimpleSpanProcessor(new OTLPTraceExporter())],
});
provider.register({
  propagator: new CompositePropagator({
    propagators: process.env.OTEL_PROPAGATORS.split(',').map((word) => propagators[word]()),
  }),
});
const tracer = provider.getTracer('relay');

function call(url, headers) {
  return new Promise((resolve, reject) => {
    http.get(url, { headers }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => { body += chunk; });
      answer.on('end', () => resolve(JSON.parse(body)));
    }).on('error', reject);
  });
}

async function relay(request) {
  const caller = propagation.extract(context.active(), request.headers);
  return tracer.startActiveSpan('GET /relay', { kind: SpanKind.SERVER }, caller, async (span) => {
    try {
      const query = new URL(request.url, 'http://localhost').searchParams;
      const [next, ...rest] = query.getAll('hop');
      const { traceId, traceFlags } = span.spanContext();
      const seen = [{ service: name, trace: traceId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 }];
      if (!next) {
        return seen;
      }
      return await tracer.startActiveSpan('relay', { kind: SpanKind.CLIENT }, async (client) => {
        const headers = {};
        propagation.inject(context.active(), headers);
        const hops = new URLSearchParams(rest.map((hop) => ['hop', hop]));
        try {
          return seen.concat(await call(`${next}?${hops}`, headers));
        } finally {
          client.end();
        }
      });
    } finally {
      span.end();
    }
  });
}

const server = http.createServer((request, response) => {
  relay(request).then(
    (seen) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(seen));
    },
    (failed) => {
      response.statusCode = 502;
      response.end(String(failed));
    },
  );
});
server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
