"""A service with OpenTelemetry: answers, after calling the services that the query names.

usage: OTEL_PROPAGATORS=... OTEL_EXPORTER_OTLP_ENDPOINT=http://HOST:PORT otel_relay.py NAME

Says "listening PORT" when it does.
"""

import json
import sys
import urllib.parse
import urllib.request

from flask import Flask, Response, request
from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.trace import SpanKind
from werkzeug.serving import make_server

NAME = sys.argv[1]

app = Flask(__name__)
provider = TracerProvider(resource=Resource.create({"service.name": NAME}))
provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter()))
trace.set_tracer_provider(provider)
tracer = provider.get_tracer("relay")


@app.route("/relay")
def relay():
    caller = propagate.extract(request.headers)
    with tracer.start_as_current_span("GET /relay", context=caller, kind=SpanKind.SERVER) as span:
        hops = request.args.getlist("hop")
        context = span.get_span_context()
        seen = [
            {
                "service": NAME,
                "trace": format(context.trace_id, "032x"),
                "sampled": bool(context.trace_flags.sampled),
            }
        ]
        if hops:
            rest = urllib.parse.urlencode([("hop", hop) for hop in hops[1:]])
            with tracer.start_as_current_span("relay", kind=SpanKind.CLIENT):
                headers = {}
                propagate.inject(headers)
                call = urllib.request.Request(hops[0] + "?" + rest, headers=headers)
                with urllib.request.urlopen(call, timeout=20) as answer:
                    seen += json.load(answer)
    return Response(json.dumps(seen), content_type="application/json")


server = make_server("127.0.0.1", 0, app, threaded=True)
print(f"listening {server.server_port}", flush=True)
server.serve_forever()
