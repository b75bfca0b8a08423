// A Node service with AWS's own X-Ray SDK: answers, after calling the services that the query names.
// usage: node relay.js NAME; says "listening PORT" when it does.
'use strict';

const AWSXRay = require('aws-xray-sdk-core');
const http = require('http');

const name = process.argv[2];

// Without the daemon's rules, unless they are what is tested: what is decided here must not depend on time.
if (!process.env.CENTRAL_SAMPLING) {
  AWSXRay.middleware.disableCentralizedSampling();
  AWSXRay.middleware.setSamplingRules({
    version: 2,
    rules: [{ description: 'not these', host: '*', http_method: '*', url_path: '/unsampled*', fixed_target: 0, rate: 0 }],
    default: { fixed_target: 1000, rate: 1 },
  });
}
AWSXRay.middleware.setDefaultName(name);
AWSXRay.captureHTTPsGlobal(http);

function call(url) {
  return new Promise((resolve, reject) => {
    http.get(url, (answer) => {
      let body = '';
      answer.on('data', (chunk) => { body += chunk; });
      answer.on('end', () => resolve(JSON.parse(body)));
    }).on('error', reject);
  });
}

async function relay(request) {
  const query = new URL(request.url, 'http://localhost').searchParams;
  const [next, ...rest] = query.getAll('hop');
  const seen = [{ service: name, header: request.headers['x-amzn-trace-id'] || '', sampled: !AWSXRay.getSegment().notTraced }];
  if (!next) {
    return seen;
  }
  const hops = new URLSearchParams(rest.map((hop) => ['hop', hop]));
  return seen.concat(await call(`${next}?${hops}`));
}

const server = http.createServer((request, response) => {
  const namespace = AWSXRay.getNamespace();
  namespace.bindEmitter(request);
  namespace.bindEmitter(response);
  namespace.run(() => {
    AWSXRay.setSegment(AWSXRay.middleware.traceRequestResponseCycle(request, response));
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
});
server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
