// A Node program with OpenTelemetry: sends one trace by OTLP over HTTP and ends. Prints the trace's id.
// usage: OTEL_EXPORTER_OTLP_ENDPOINT=http://HOST:PORT node otel.js NAME
'use strict';

const { context, trace, SpanKind } = require('@opentelemetry/api');
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-http');
const { resourceFromAttributes } = require('@opentelemetry/resources');
const { BatchSpanProcessor, NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');

const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ 'service.name': process.argv[2] }),
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
const tracer = provider.getTracer('client');
const server = tracer.startSpan('GET /home', { kind: SpanKind.SERVER, attributes: { 'http.request.method': 'GET' } });
tracer.startSpan('load', {}, trace.setSpan(context.active(), server)).end();
server.end();
console.log(server.spanContext().traceId);
provider.shutdown();
