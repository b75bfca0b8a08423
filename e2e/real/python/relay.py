"""A Flask service with AWS's own X-Ray SDK: answers, after calling the services that the query names.

usage: relay.py NAME

Says "listening PORT" when it does.
"""

import json
import logging
import os
import sys
import urllib.parse
import urllib.request

from aws_xray_sdk.core import patch, xray_recorder
from aws_xray_sdk.core.sampling.local.sampler import LocalSampler
from aws_xray_sdk.ext.flask.middleware import XRayMiddleware
from flask import Flask, Response, request
from werkzeug.serving import make_server

NAME = sys.argv[1]

logging.getLogger("werkzeug").setLevel(logging.WARNING)
app = Flask(__name__)
xray_recorder.configure(
    service=NAME,
    # Without the daemon's rules, unless they are what is tested: what is decided here must not depend on time.
    sampler=None
    if os.environ.get("CENTRAL_SAMPLING")
    else LocalSampler(
        {
            "version": 2,
            "rules": [
                {
                    "description": "not these",
                    "host": "*",
                    "http_method": "*",
                    "url_path": "/unsampled*",
                    "fixed_target": 0,
                    "rate": 0,
                }
            ],
            "default": {"fixed_target": 1000, "rate": 1},
        }
    ),
    context_missing="LOG_ERROR",
)
XRayMiddleware(app, xray_recorder)
patch(["httplib"])


def relay():
    hops = request.args.getlist("hop")
    seen = [
        {
            "service": NAME,
            "header": request.headers.get("X-Amzn-Trace-Id", ""),
            "sampled": bool(xray_recorder.current_segment().sampled),
        }
    ]
    if hops:
        rest = urllib.parse.urlencode([("hop", hop) for hop in hops[1:]])
        # The SDK's patch of http.client sends a header only from inside a subsegment.
        with xray_recorder.in_subsegment("relay", namespace="remote"):
            with urllib.request.urlopen(hops[0] + "?" + rest, timeout=20) as answer:
                seen += json.load(answer)
    return Response(json.dumps(seen), content_type="application/json")


app.add_url_rule("/relay", view_func=relay)
app.add_url_rule("/unsampled", "unsampled", relay)


server = make_server("127.0.0.1", 0, app, threaded=True)
print(f"listening {server.server_port}", flush=True)
server.serve_forever()
