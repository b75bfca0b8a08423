package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpJsonTest {

    @Test
    void realRequest_givesItsSpan() throws Exception {
        OtlpBatch batch = OtlpBatch.read(OtlpJson.decode(Fixtures.resource("otlp-traces.json")));

        Received document = batch.documents().get(0);
        TraceSpan span = document.spans().get(0);
        assertThat(document.traceId()).isEqualTo("5b8efff798038103d269b633813fc60c");
        assertThat(span.name()).isEqualTo("GET /otlp");
        assertThat(span.service()).isEqualTo("otlp-json-svc");
        assertThat(span.duration()).hasMillis(50);
        assertThat(span.http()).isEqualTo(Map.of("request", Map.of("method", "GET")));
        assertThat(span.metadata()).isEqualTo(Map.of("default", Map.of("n", 7L)));
        assertThat(span.fault()).isTrue();
        assertThat(span.exceptions()).containsExactly(new TraceSpan.Thrown("", "boom"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"resourceSpans\":{}}",
                "{\"resourceSpans\":[null]}",
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xyz\"}]}]}]}",
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"kind\":\"NONE\"}]}]}]}",
            })
    void whatIsNoRequest_isRefused(String body) {
        RejectedException e = catchThrowableOfType(
                RejectedException.class, () -> OtlpJson.decode(body.getBytes(StandardCharsets.UTF_8)));

        assertThat(e.reason()).isEqualTo(Rejection.BAD_OTLP);
    }

    @Test
    void unknownFields_arePassedOver() throws Exception {
        byte[] body = "{\"new\":1,\"resourceSpans\":[{\"new\":{}}]}".getBytes(StandardCharsets.UTF_8);

        assertThat(OtlpJson.decode(body).getResourceSpansCount()).isEqualTo(1);
    }
}
