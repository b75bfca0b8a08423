package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.spi.HeaderFormat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ids and names. */
abstract class IdentityCases extends ContractCases {

    IdentityCases(BackendContract contract) {
        super(contract);
    }

    @Test
    void ids_areLowerCaseHex() {
        Tracing.run("root", root -> {
            assertThat(root.traceId()).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
            assertThat(root.spanId()).matches("[0-9a-f]{16}").isNotEqualTo("0".repeat(16));
        });
    }

    @Test
    void idsOfTheHandle_areThoseDelivered() {
        String[] ids = new String[4];
        Tracing.run(
                "root",
                root -> Tracing.run("child", child -> {
                    ids[0] = root.traceId();
                    ids[1] = root.spanId();
                    ids[2] = child.traceId();
                    ids[3] = child.spanId();
                }));

        ObservedSpans spans = spans(2);
        assertThat(spans.named("root").traceId()).isEqualTo(ids[0]);
        assertThat(spans.named("root").spanId()).isEqualTo(ids[1]);
        assertThat(spans.named("child").traceId()).isEqualTo(ids[2]);
        assertThat(spans.named("child").spanId()).isEqualTo(ids[3]);
    }

    @Test
    void traceId_beginsWithTheEpochSecond() {
        long before = System.currentTimeMillis() / 1_000;
        try (Span span = Tracing.span("root")) {
            long second = Long.parseLong(span.traceId().substring(0, 8), 16);
            assertThat(second).isBetween(before - 1, System.currentTimeMillis() / 1_000 + 1);
        }
    }

    @Test
    void idsOfManyTraces_areUnique() {
        Set<String> traces = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            Tracing.run("root", root -> {
                traces.add(root.traceId());
                ids.add(root.spanId());
            });
        }

        assertThat(traces).hasSize(500);
        assertThat(ids).hasSize(500);
    }

    @Test
    void xrayTraceId_isTheSameBits() {
        Tracing.run(
                "root",
                root -> assertThat(root.xrayTraceId().replaceFirst("^1-", "").replace("-", ""))
                        .isEqualTo(root.traceId()));
    }

    @Test
    void nameWithForeignCharacters_isDeliveredAsTheHandleSaysIt() {
        Tracing.run("load <user> \"7\"\n(all)", span -> assertThat(span.name()).isEqualTo("load user 7all"));

        assertThat(spans(1).only().name()).isEqualTo("load user 7all");
    }

    @Test
    void nameOfAChildWithForeignCharacters_isDeliveredAsTheHandleSaysIt() {
        Tracing.run("root", root -> Tracing.run("SELECT * FROM t; -- x", child -> {}));

        spans(2).named("SELECT  FROM t -- x");
    }

    @Test
    void nameBeyondASCII_isKept() {
        Tracing.run("root", root -> Tracing.run("prüfe/確認", child -> {}));

        spans(2).named("prüfe/確認");
    }

    @Test
    void nameThatIsTooLong_isCutAt200Bytes() {
        Tracing.run("n".repeat(300), span -> {});

        assertThat(spans(1).only().name()).isEqualTo("n".repeat(200));
    }

    @Test
    void nameWithNothingLeft_isSpan() {
        Tracing.run("***", span -> {});

        assertThat(spans(1).only().name()).isEqualTo("span");
    }

    @Test
    void injectWhereNothingIsConfigured_writesWhatTheBackendSpeaks() {
        Map<String, String> headers = new HashMap<>();
        Tracing.run("call", call -> Tracing.inject(headers, Map::put));

        assertThat(headers).containsOnlyKeys(headerFormat() == HeaderFormat.XRAY ? "X-Amzn-Trace-Id" : "traceparent");
    }

    @Test
    void request_carriesTheServiceAndItsOperation() {
        SpanSpec spec =
                SpanSpec.named("GET /api/activities/home").kind(SpanKind.SERVER).placement(SpanSpec.Placement.SEGMENT);
        Tracing.run(spec, span -> {});

        ObservedSpan request = spans(1).named("GET /api/activities/home");
        assertThat(request.service()).isEqualTo(BackendContract.SERVICE);
        assertThat(request.segment()).isTrue();
    }

    @Test
    void job_carriesItsOwnName() {
        Tracing.segment("nightly cleanup").close();

        ObservedSpan job = spans(1).named("nightly cleanup");
        assertThat(job.segment()).isTrue();
    }
}
