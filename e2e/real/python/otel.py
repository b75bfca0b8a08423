"""A program with OpenTelemetry: sends one trace by OTLP over HTTP and ends.

usage: OTEL_EXPORTER_OTLP_ENDPOINT=http://HOST:PORT otel.py NAME

Prints the trace's id.
"""

import sys

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind

provider = TracerProvider(resource=Resource.create({"service.name": sys.argv[1]}))
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
tracer = provider.get_tracer("client")
with tracer.start_as_current_span("GET /home", kind=SpanKind.SERVER, attributes={"http.request.method": "GET"}) as span:
    with tracer.start_as_current_span("load"):
        pass
    print(format(span.get_span_context().trace_id, "032x"), flush=True)
provider.shutdown()
