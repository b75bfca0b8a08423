package io.spanloom.e2e;

import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.Tracing;
import java.net.http.HttpHeaders;
import java.util.Map;

/** The code of docs/headers.md and docs/sampling.md, compiled. {@link SnippetsTest} holds them together. */
@SuppressWarnings("unused")
final class HeaderSnippets {

    static void request(HttpHeaders headers, Map<String, String> answerHeaders) {
        try (Span span = Tracing.segment("GET /api/activities/home", headers, HttpHeaders::firstValue)) {
            Tracing.answer(span, answerHeaders, Map::put);
        }
    }

    static void described(HttpHeaders headers) {
        Http.Request request = Http.request("GET", "http://localhost:4567/api/activities/home");
        try (Span span = Tracing.segment("GET /api/activities/home", request, headers, HttpHeaders::firstValue)) {
            span.http(Http.response(200));
        }
    }

    private HeaderSnippets() {}
}
