package io.spanloom.otel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An SDK of ours in an application that has its own say in every SDK, by OpenTelemetry's own means. */
class CustomizedSdkTest {

    @AfterEach
    void forget() {
        CustomizerOfOthers.say = UnaryOperator.identity();
    }

    private static OtelBackend backend() {
        OwnSdk sdk = OwnSdk.start(AttachedFixture.config(), Map.of("otel.traces.exporter", "none"));
        return new OtelBackend(requireNonNull(sdk), AttachedFixture.config().sampler(), false);
    }

    @Test
    void processorOfOthers_seesRootsAndChildren() {
        InMemorySpanExporter seen = InMemorySpanExporter.create();
        CustomizerOfOthers.say = builder -> builder.addSpanProcessor(SimpleSpanProcessor.create(seen));

        try (OtelBackend backend = backend()) {
            try (Span root = backend.start(SpanSpec.named("root"), null)) {
                backend.start(SpanSpec.named("child"), null).close();
            }

            assertThat(seen.getFinishedSpanItems())
                    .extracting(SpanData::getName)
                    .containsExactly("child", "root");
            SpanData child = seen.getFinishedSpanItems().get(0);
            SpanData root = seen.getFinishedSpanItems().get(1);
            assertThat(child.getParentSpanId()).isEqualTo(root.getSpanId());
            assertThat(child.getResource()).isEqualTo(root.getResource());
            assertThat(child.getInstrumentationScopeInfo()).isEqualTo(root.getInstrumentationScopeInfo());
        }
    }

    @Test
    void generatorOfOthers_isAskedForEverySpan() {
        AtomicInteger asked = new AtomicInteger();
        CustomizerOfOthers.say =
                builder -> builder.addSpanProcessor(SimpleSpanProcessor.create(InMemorySpanExporter.create()))
                        .setIdGenerator(new IdGenerator() {
                            @Override
                            public String generateSpanId() {
                                return "%016x".formatted(asked.incrementAndGet());
                            }

                            @Override
                            public String generateTraceId() {
                                return IdGenerator.random().generateTraceId();
                            }
                        });

        try (OtelBackend backend = backend();
                Span root = backend.start(SpanSpec.named("root"), null);
                Span child = backend.start(SpanSpec.named("child"), null)) {
            assertThat(root.spanId()).isEqualTo("0000000000000001");
            assertThat(child.spanId()).isEqualTo("0000000000000002");
        }
    }

    @Test
    void childStartedAfterTheClose_recordsNothing() {
        InMemorySpanExporter seen = InMemorySpanExporter.create();
        CustomizerOfOthers.say = builder -> builder.addSpanProcessor(SimpleSpanProcessor.create(seen));
        OtelBackend backend = backend();

        try (Span root = backend.start(SpanSpec.named("root"), null)) {
            backend.close();
            try (Span child = backend.start(SpanSpec.named("child"), null)) {
                assertThat(child.isRecording()).isFalse();
            }
        }
    }
}
