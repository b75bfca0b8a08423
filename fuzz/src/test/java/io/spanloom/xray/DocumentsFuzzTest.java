package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.strategy.IgnoreErrorContextMissingStrategy;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.desk.Documents;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.BackendStats;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Spans of any names and values, opened and closed in any order: each document is one that the desk takes. */
class DocumentsFuzzTest {

    private static final Checking SINK = new Checking();

    @BeforeAll
    static void inForce() {
        AWSXRay.setGlobalRecorder(AWSXRayRecorderBuilder.standard()
                .withSamplingStrategy(new AllSamplingStrategy())
                .withContextMissingStrategy(new IgnoreErrorContextMissingStrategy())
                .build());
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("cruddur")
                .set(TracingConfig.NAMING, "*")
                .provider(new Provider())
                .backend("checked")
                .build());
    }

    @AfterAll
    static void off() {
        Tracing.shutdown();
    }

    @FuzzTest(maxDuration = "5m")
    void spans(FuzzedDataProvider data) {
        BackendStats before = Tracing.stats();
        SINK.refused = null;
        Deque<Span> open = new ArrayDeque<>();
        for (int step = 0; step < 60 && data.remainingBytes() > 0; step++) {
            Span current = open.isEmpty() ? Span.noop() : open.getFirst();
            switch (data.consumeInt(0, 13)) {
                case 0 -> open.push(Tracing.span(text(data)));
                case 1 -> open.push(Tracing.segment(text(data), Map.of("Host", text(data)), Map::get));
                case 2 -> open.push(Tracing.segment(text(data), Map.of("X-Amzn-Trace-Id", text(data)), Map::get));
                case 3 ->
                    open.push(Tracing.span(SpanSpec.named(text(data))
                            .kind(data.pickValue(SpanKind.values()))
                            .namespace(text(data))));
                case 4 -> current.annotation(text(data), text(data));
                case 5 -> current.annotation(text(data), data.consumeDouble());
                case 6 -> current.metadata(text(data), text(data), Map.of(text(data), text(data)));
                case 7 -> current.fail(new IllegalStateException(text(data)));
                case 8 -> current.http(Http.request(text(data), text(data)).forwardedFor(text(data)));
                case 9 -> current.http(Http.response(data.consumeInt()));
                case 10 ->
                    current.sql(
                            Sql.on(text(data), text(data)).server(text(data)).query(text(data)));
                case 11 -> current.user(text(data)).event(text(data));
                case 12 -> {
                    if (!open.isEmpty()) {
                        open.removeLast().close(); // the outermost: those below end after it
                    }
                }
                default -> {
                    if (!open.isEmpty()) {
                        open.pop().close();
                    }
                }
            }
        }
        while (!open.isEmpty()) {
            open.pop().close();
        }
        AWSXRay.clearTraceEntity();
        assertThat(Tracing.flush(java.time.Duration.ofSeconds(60))).isTrue();
        BackendStats now = Tracing.stats();
        assertThat(SINK.refused).as("a document that the desk does not take").isNull();
        assertThat(now.dropped()).isEqualTo(before.dropped());
        assertThat(now.delivered() - before.delivered()).isEqualTo(now.offered() - before.offered());
    }

    private static String text(FuzzedDataProvider data) {
        return data.consumeString(40);
    }

    /** Looks at each datagram as it is sent. */
    private static final class Checking implements DatagramSink {
        private volatile @Nullable String refused;

        @Override
        public @Nullable DropReason send(ByteBuffer datagram) {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(bytes);
            if (bytes.length > DatagramBuffer.MAX_BYTES || !Documents.isTaken(bytes, bytes.length)) {
                refused = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
            }
            return null;
        }

        @Override
        public @Nullable Throwable problem() {
            return null;
        }

        @Override
        public String address() {
            return "checked";
        }

        @Override
        public void close() {}
    }

    private static final class Provider implements BackendProvider {
        @Override
        public String name() {
            return "checked";
        }

        @Override
        public Backend create(TracingConfig config) {
            Exporter.Limits usual = Exporter.Limits.DEFAULT;
            Exporter.Limits limits = new Exporter.Limits(usual.documents(), usual.bytes(), true);
            return new XRayBackend("cruddur", config.sampler(), SINK, limits, false);
        }
    }
}
