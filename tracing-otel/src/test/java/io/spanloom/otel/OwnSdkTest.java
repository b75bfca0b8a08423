package io.spanloom.otel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.TracingConfig;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.SpanSeed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OwnSdkTest {

    private static final Duration SECONDS = Duration.ofSeconds(20);
    private static final String SECRET = "honey-secret-key";
    private static final String TRACE = "5759e988bd862e3fe1be46a994272793";
    private static final String PARENT = "53995c3f42cd8ad8";

    private final Map<String, String> otel = new HashMap<>();
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final List<String> julSaid = new ArrayList<>();
    private final Handler julHandler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            synchronized (julSaid) {
                julSaid.add(record.getMessage() + " " + record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private Receiver receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = new Receiver();
        otel.put("otel.exporter.otlp.endpoint", receiver.endpoint());
        otel.put("otel.java.exporter.otlp.retry.disabled", "true");
        otel.put("otel.bsp.schedule.delay", "60000");
        said.start();
        ((Logger) LoggerFactory.getLogger("ROOT")).addAppender(said);
        java.util.logging.Logger.getLogger("").addHandler(julHandler);
    }

    @AfterEach
    void close() {
        ((Logger) LoggerFactory.getLogger("ROOT")).detachAppender(said);
        java.util.logging.Logger.getLogger("").removeHandler(julHandler);
        receiver.close();
    }

    private OtelBackend backend(String... settings) {
        TracingConfig config = AttachedFixture.config(settings);
        return new OtelBackend(requireNonNull(OwnSdk.start(config, otel)), config.sampler(), false);
    }

    private static void span(OtelBackend backend, String name) {
        backend.start(SpanSpec.named(name), null).close();
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private List<String> lines() {
        List<String> all = new ArrayList<>(julSaid);
        said.list.forEach(event -> all.add(event.getFormattedMessage()));
        return all;
    }

    @Test
    void spans_arriveCompressedWithTheConfiguredHeadersAndTheServicesName() throws Exception {
        otel.put("otel.exporter.otlp.headers", "x-honeycomb-team=" + SECRET);
        otel.put("otel.exporter.otlp.compression", "gzip");
        try (OtelBackend backend = backend()) {
            span(backend, "work");

            assertThat(backend.flush(SECONDS)).isTrue();
            assertThat(receiver.spans()).extracting(Span::getName).containsExactly("work");
            assertThat(receiver.headers.get(0)).containsEntry("X-honeycomb-team", List.of(SECRET));
            assertThat(receiver.headers.get(0)).containsEntry("Content-encoding", List.of("gzip"));
            assertThat(receiver.resource().getAttributesList()).anySatisfy(attribute -> {
                assertThat(attribute.getKey()).isEqualTo("service.name");
                assertThat(attribute.getValue().getStringValue()).isEqualTo("backend-java");
            });
            assertThat(backend.stats()).isEqualTo(new BackendStats(1, 1, Map.of(), 0));
        }
    }

    @Test
    void close_deliversWhatIsQueued() {
        OtelBackend backend = backend();
        span(backend, "work");
        backend.close();

        assertThat(receiver.spans()).hasSize(1);
        assertThat(backend.stats()).isEqualTo(new BackendStats(1, 1, Map.of(), 0));
    }

    @Test
    void synchronous_allHasArrivedWhenTheRootHasEnded() {
        try (OtelBackend backend = backend("tracing.otel.sending", "synchronous")) {
            try (io.spanloom.Span root = backend.start(SpanSpec.named("root"), null)) {
                span(backend, "child");
                assertThat(receiver.spans()).isEmpty();
            }

            assertThat(receiver.spans()).extracting(Span::getName).containsExactlyInAnyOrder("child", "root");
        }
    }

    @Test
    void synchronous_aRootWithARemoteParentIsARoot() {
        try (OtelBackend backend = backend("tracing.otel.sending", "synchronous")) {
            backend.start(SpanSpec.named("request"), SpanSeed.remote(TRACE, PARENT, true))
                    .close();

            assertThat(receiver.spans()).hasSize(1);
        }
    }

    @Test
    void synchronous_whereNobodyAnswersTheRootEndsAllTheSame() {
        receiver.close();
        try (OtelBackend backend = backend("tracing.otel.sending", "synchronous")) {
            span(backend, "root");

            assertThat(backend.flush(SECONDS)).isTrue();
            assertThat(backend.stats().delivered()).isZero();
            assertThat(backend.stats().offered()).isEqualTo(1);
        }
    }

    @Test
    void spanThatEndsAfterTheClose_isCountedAsDropped() {
        OtelBackend backend = backend();
        io.spanloom.Span late = backend.start(SpanSpec.named("late"), null);
        backend.close();
        late.close();

        assertThat(backend.stats()).isEqualTo(new BackendStats(1, 0, Map.of("closed", 1L), 0));
    }

    @Test
    void newTraceIds_beginWithTheTime() {
        try (OtelBackend backend = backend()) {
            io.spanloom.Span span = backend.start(SpanSpec.named("work"), null);
            span.close();

            long seconds = Long.parseLong(span.traceId().substring(0, 8), 16);
            assertThat(seconds).isCloseTo(Instant.now().getEpochSecond(), org.assertj.core.data.Offset.offset(60L));
        }
    }

    @Test
    void imposedIds_areTaken() {
        SpanSeed seed = new SpanSeed(TRACE, PARENT, true, "00000000000000aa", 1_000_000_000L, null, null, true);
        SpanSeed below = new SpanSeed(TRACE, null, true, "00000000000000bb", 0, null, null, false);
        try (OtelBackend backend = backend()) {
            assertThat(backend.acceptsIds()).isTrue();
            try (io.spanloom.Span request =
                            backend.start(SpanSpec.named("request").kind(SpanKind.SERVER), seed);
                    io.spanloom.Span child = backend.start(SpanSpec.named("child"), below)) {
                assertThat(request.traceId()).isEqualTo(TRACE);
                assertThat(request.spanId()).isEqualTo("00000000000000aa");
                assertThat(child.spanId()).isEqualTo("00000000000000bb");
            }
            backend.flush(SECONDS);
        }
        Span request = receiver.spans().get(1);
        assertThat(hex(request.getParentSpanId())).isEqualTo(PARENT);
        assertThat(request.getStartTimeUnixNano()).isEqualTo(1_000_000_000L);
        assertThat(hex(receiver.spans().get(0).getParentSpanId())).isEqualTo("00000000000000aa");
    }

    @Test
    void traceWithoutAParent_keepsTheIdThatCame() {
        try (OtelBackend backend = backend();
                io.spanloom.Span request =
                        backend.start(SpanSpec.named("request"), SpanSeed.remote(TRACE, null, null))) {
            assertThat(request.traceId()).isEqualTo(TRACE);
            assertThat(request.isRecording()).isTrue();
        }
    }

    @Test
    void samplingNone_recordsNothingButWhatUpstreamDecided() {
        try (OtelBackend backend = backend("tracing.sampling", "none")) {
            span(backend, "root");
            backend.start(SpanSpec.named("request"), SpanSeed.remote(TRACE, PARENT, true))
                    .close();
            backend.flush(SECONDS);
        }
        assertThat(receiver.spans()).extracting(Span::getName).containsExactly("request");
    }

    @Test
    void samplerOfTheVariables_decidesWhereTheFacadeDoesNotKnowIt() {
        otel.put("otel.traces.sampler", "traceidratio");
        otel.put("otel.traces.sampler.arg", "0");
        try (OtelBackend backend = backend();
                io.spanloom.Span root = backend.start(SpanSpec.named("root"), null);
                io.spanloom.Span child = backend.start(SpanSpec.named("child"), null)) {
            assertThat(root.isRecording()).isFalse();
            assertThat(child.isRecording()).isFalse();
            assertThat(child.traceId()).isEqualTo(root.traceId());
        }
    }

    @Test
    void manyAnnotations_allArrive() {
        try (OtelBackend backend = backend()) {
            try (io.spanloom.Span span = backend.start(SpanSpec.named("work"), null)) {
                for (int i = 0; i < 1000; i++) {
                    span.annotation("key_" + i, i);
                }
            }
            backend.flush(SECONDS);
        }
        assertThat(receiver.spans().get(0).getDroppedAttributesCount()).isZero();
        assertThat(receiver.spans().get(0).getAttributesCount()).isGreaterThanOrEqualTo(1000);
    }

    @Test
    void receiverAbsent_isCountedAndSaidWithTheCureAndWithoutTheSecret() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            otel.put("otel.exporter.otlp.endpoint", "http://127.0.0.1:" + free.getLocalPort());
        }
        otel.put("otel.exporter.otlp.headers", "x-honeycomb-team=" + SECRET);
        try (OtelBackend backend = backend()) {
            span(backend, "work");
            backend.flush(SECONDS);

            assertThat(backend.stats()).isEqualTo(new BackendStats(1, 0, Map.of("export-failed", 1L), 0));
        }
        assertThat(lines()).noneMatch(line -> line.contains(SECRET));
        assertThat(julSaid).isEmpty();
    }

    @Test
    void receiverThatRefuses_isCountedAsDropped() {
        receiver.status = 401;
        try (OtelBackend backend = backend()) {
            span(backend, "work");
            backend.flush(SECONDS);

            assertThat(backend.stats()).isEqualTo(new BackendStats(1, 0, Map.of("export-failed", 1L), 0));
        }
    }

    @Test
    void queueOverflow_isCountedAndNothingElseIsLost() {
        otel.put("otel.bsp.max.queue.size", "10");
        otel.put("otel.bsp.max.export.batch.size", "10");
        try (OtelBackend backend = backend()) {
            for (int i = 0; i < 500; i++) {
                span(backend, "work");
            }
            backend.flush(SECONDS);

            BackendStats stats = backend.stats();
            assertThat(stats.offered()).isEqualTo(500);
            assertThat(stats.queued()).isZero();
            assertThat(stats.dropped()).containsOnlyKeys("queue-full");
            assertThat(stats.delivered() + stats.droppedTotal()).isEqualTo(500);
            assertThat(receiver.spans()).hasSize((int) stats.delivered());
        }
    }

    @Test
    void malformedHeaders_areAnErrorThatDoesNotShowThem() {
        otel.put("otel.exporter.otlp.headers", SECRET);

        assertThatThrownBy(this::backend)
                .hasMessageContaining("OTEL_EXPORTER_OTLP_HEADERS")
                .hasNoCause()
                .message()
                .doesNotContain(SECRET);
        assertThat(lines()).noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void headerThatHttpCannotCarry_neverShowsInALogLine() {
        otel.put("otel.exporter.otlp.headers", "x-honeycomb-team=" + SECRET + "%0A");
        try (OtelBackend backend = backend()) {
            span(backend, "work");
            backend.flush(SECONDS);
            assertThat(backend.stats().delivered()).isZero();
        } catch (IllegalStateException refused) {
            assertThat(refused).message().doesNotContain(SECRET);
        }
        assertThat(lines()).noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void grpc_withoutASenderForIt_isAnErrorWithTheCure() {
        otel.put("otel.exporter.otlp.protocol", "grpc");

        assertThatThrownBy(this::backend).hasMessageContaining("http/protobuf");
    }

    @Test
    void sdkThatIsDisabled_isNoBackend() {
        otel.put("otel.sdk.disabled", "true");

        assertThat(OwnSdk.start(AttachedFixture.config(), otel)).isNull();
    }

    @Test
    void own_isNotMadeGlobal() {
        try (OtelBackend backend = backend()) {
            assertThat(backend.name()).isEqualTo("otel");
            assertThat(GlobalInstance.isSet()).isFalse();
        }
    }

    @Test
    void threads_areDaemons() {
        try (OtelBackend backend = backend()) {
            span(backend, "work");
            backend.flush(SECONDS);

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().matches("BatchSpanProcessor.*|jdkhttp.*|HttpClient-.*"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void unsampledChildren_allocateNothing() {
        try (OtelBackend backend = backend("tracing.sampling", "none");
                io.spanloom.Span root = backend.start(SpanSpec.named("root"), null)) {
            SpanSpec spec = SpanSpec.named("child");
            for (int i = 0; i < 50_000; i++) {
                backend.start(spec, null).close();
            }
            var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                backend.start(spec, null).close();
            }
            assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 10_000)
                    .isZero();
            assertThat(root.isRecording()).isFalse();
        }
    }
}
