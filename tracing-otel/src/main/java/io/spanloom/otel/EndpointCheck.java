package io.spanloom.otel;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.spanloom.spi.Findings;
import io.spanloom.spi.Probe;
import java.io.IOException;
import java.net.URI;

/**
 * Whether something takes OTLP where spans are sent to. What is sent is a request without spans, which is valid, and without the
 * keys that spans are sent with: it may be answered by 401.
 *
 * @param exporter as {@code OTEL_TRACES_EXPORTER} has it
 * @param endpoint as it may be shown
 */
record EndpointCheck(String exporter, String protocol, String endpoint) {

    private static final String TOPIC = "otel";

    static EndpointCheck of(ConfigProperties properties, String endpoint) {
        return new EndpointCheck(
                properties.getString("otel.traces.exporter", "otlp"),
                properties.getString(
                        "otel.exporter.otlp.traces.protocol",
                        properties.getString("otel.exporter.otlp.protocol", "http/protobuf")),
                endpoint);
    }

    void check(Findings findings) {
        if (!exporter.contains("otlp") || protocol.equals("grpc")) {
            findings.note(
                    TOPIC,
                    "spans go by OTEL_TRACES_EXPORTER = " + exporter + ", protocol " + protocol + ": not looked at");
            return;
        }
        try {
            Probe.Answer answer = Probe.post(URI.create(endpoint), "application/x-protobuf", "", true);
            if (answer.status() / 100 == 2) {
                findings.ok(TOPIC, endpoint + " takes OTLP");
            } else if (answer.status() == 401 || answer.status() == 403) {
                findings.ok(TOPIC, endpoint + " is there, and asks for a key (which was not sent for this)");
            } else {
                findings.problem(
                        TOPIC,
                        "TRC-150",
                        endpoint + " answers " + answer.status(),
                        ExportProblem.ofStatus(answer.status()));
            }
            answer.compareClock(TOPIC, findings);
        } catch (IOException | IllegalArgumentException unreachable) {
            findings.problem(TOPIC, "TRC-150", endpoint + " cannot be reached", ExportProblem.cure(unreachable));
        }
    }
}
