package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.SpanSpec.Placement;
import io.spanloom.spi.Sampler;
import io.spanloom.spi.SpanSeed;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parents, scopes and threads; each with our span as its own context, and with contexts made by the API's storage. */
class OtelContextTest {

    private static final String TRACE = "5759e988bd862e3fe1be46a994272793";
    private static final String PARENT = "53995c3f42cd8ad8";

    @RegisterExtension
    final AttachedFixture otel = new AttachedFixture();

    private io.spanloom.Span start(OtelBackend backend, String name) {
        return backend.start(SpanSpec.named(name), null);
    }

    private static <T> T onAnotherThread(Callable<T> body) throws Exception {
        FutureTask<T> task = new FutureTask<>(body);
        Thread thread = new Thread(task);
        thread.start();
        T result = task.get();
        thread.join();
        return result;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void spansOfOthers_nestAboveAndBelowOurs(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        Span above = otel.foreign.spanBuilder("above").startSpan();
        try (Scope outer = above.makeCurrent();
                io.spanloom.Span ours = start(backend, "ours")) {
            Span below = otel.foreign.spanBuilder("below").startSpan();
            try (Scope inner = below.makeCurrent();
                    io.spanloom.Span deepest = start(backend, "deepest")) {
                assertThat(deepest.parent()).isNull();
            } finally {
                below.end();
            }
            assertThat(Span.current().getSpanContext().getSpanId()).isEqualTo(ours.spanId());
        } finally {
            above.end();
        }

        assertThat(otel.ended("ours").getParentSpanId())
                .isEqualTo(otel.ended("above").getSpanId());
        assertThat(otel.ended("below").getParentSpanId())
                .isEqualTo(otel.ended("ours").getSpanId());
        assertThat(otel.ended("deepest").getParentSpanId())
                .isEqualTo(otel.ended("below").getSpanId());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void current_isTheVerySpanThatWasStarted(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        try (io.spanloom.Span outer = start(backend, "outer")) {
            try (io.spanloom.Span inner = start(backend, "inner")) {
                assertThat(backend.current()).isSameAs(inner);
                assertThat(inner.parent()).isSameAs(outer);
            }
            assertThat(backend.current()).isSameAs(outer);
        }
        assertThat(backend.current()).isSameAs(io.spanloom.Span.noop());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void current_underSpansOfOthers_writesToThemAndDoesNotEndThem(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        Span theirs = otel.foreign.spanBuilder("theirs").startSpan();
        try (Scope scope = theirs.makeCurrent()) {
            assertThat(backend.current().name()).isEqualTo("theirs");
            backend.current().annotation("tenant", "a").close();
            backend.current().metadata("first", 1);
            backend.current().metadata("second", 2);
            assertThat(theirs.isRecording()).isTrue();
        }
        theirs.end();

        SpanData ended = otel.ended("theirs");
        assertThat(ended.getAttributes().get(AttributeKey.stringKey("tenant"))).isEqualTo("a");
        assertThat(ended.getAttributes().get(AttributeKey.stringArrayKey("aws.xray.annotations")))
                .containsExactly("tenant");
        assertThat(ended.getAttributes().get(AttributeKey.stringKey("aws.xray.metadata.default")))
                .isEqualTo("{\"first\":1,\"second\":2}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failureOfASpanOfOthers_isItsStatusUnlessExpected(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        for (String name : new String[] {"failed", "expected"}) {
            Span theirs = otel.foreign.spanBuilder(name).startSpan();
            try (Scope scope = theirs.makeCurrent()) {
                RuntimeException thrown = new IllegalStateException(name);
                io.spanloom.Span handle = backend.current();
                assertThat(name.equals("failed") ? handle.fail(thrown) : handle.expected(thrown))
                        .isSameAs(handle);
            }
            theirs.end();
            assertThat(otel.ended(name).getEvents()).hasSize(1);
        }

        assertThat(otel.ended("failed").getStatus()).isEqualTo(StatusData.error());
        assertThat(otel.ended("expected").getStatus()).isEqualTo(StatusData.unset());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void otherKeysOfTheContext_staysReadableBelowOurSpans(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        ContextKey<String> key = ContextKey.named("theirs");
        try (Scope theirs = Context.current().with(key, "kept").makeCurrent();
                io.spanloom.Span outer = start(backend, "outer");
                io.spanloom.Span inner = start(backend, "inner");
                Scope more = Context.current()
                        .with(Baggage.builder().put("tenant", "a").build())
                        .makeCurrent()) {
            assertThat(Context.current().get(key)).isEqualTo("kept");
            assertThat(Baggage.current().getEntryValue("tenant")).isEqualTo("a");
            assertThat(Span.current().getSpanContext().getSpanId()).isEqualTo(inner.spanId());
            assertThat(backend.current()).isSameAs(inner);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void scopeThatOthersLeaked_isHealedByOurEnd(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        try (io.spanloom.Span outer = start(backend, "outer")) {
            io.spanloom.Span ours = start(backend, "ours");
            leak(otel.foreign.spanBuilder("leaked").startSpan());
            ours.close();

            assertThat(backend.current()).isSameAs(outer);
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // that is the point
    private static void leak(Span span) {
        assertThat(span.makeCurrent()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void parentClosedBeforeItsChild_leavesNothingBehind(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        io.spanloom.Span outer = start(backend, "outer");
        io.spanloom.Span inner = start(backend, "inner");
        outer.close();
        assertThat(backend.current()).isSameAs(io.spanloom.Span.noop());
        io.spanloom.Span next = start(backend, "next");
        inner.close();

        assertThat(backend.current()).isSameAs(next);
        next.close();
        assertThat(otel.ended("inner").getParentSpanId())
                .isEqualTo(otel.ended("outer").getSpanId());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void spanThatAnotherThreadEnded_isNotCurrentAnyMore(boolean bridged) throws Exception {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        try (io.spanloom.Span outer = start(backend, "outer")) {
            io.spanloom.Span ours = start(backend, "ours");
            onAnotherThread(() -> {
                ours.close();
                return null;
            });

            assertThat(backend.current()).isSameAs(outer);
            assertThat(Span.current().getSpanContext().getSpanId()).isEqualTo(outer.spanId());
        }
        assertThat(otel.ended("ours").getParentSpanId())
                .isEqualTo(otel.ended("outer").getSpanId());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void spanClosedTwice_endsOnceAndLeavesOthersAlone(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        try (io.spanloom.Span outer = start(backend, "outer")) {
            io.spanloom.Span inner = start(backend, "inner");
            inner.close();
            inner.close();
            assertThat(backend.current()).isSameAs(outer);
        }
        assertThat(otel.exporter.getFinishedSpanItems()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void capturedContext_isCurrentElsewhereUntilItIsLeft(boolean bridged) throws Exception {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        try (Scope baggage = Baggage.builder().put("tenant", "a").build().makeCurrent();
                io.spanloom.Span ours = start(backend, "ours")) {
            Object captured = backend.capture();
            onAnotherThread(() -> {
                Context before = Context.current();
                Object entered = backend.enter(captured);
                assertThat(backend.current()).isSameAs(ours);
                assertThat(Baggage.current().getEntryValue("tenant")).isEqualTo("a");
                start(backend, "there").close();
                leak(otel.foreign.spanBuilder("leaked").startSpan());
                backend.leave(entered);
                assertThat(Context.current()).isSameAs(before);
                return null;
            });
        }
        assertThat(otel.ended("there").getParentSpanId())
                .isEqualTo(otel.ended("ours").getSpanId());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingCaptured_makesNothingCurrent(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        try (io.spanloom.Span ours = start(backend, "ours")) {
            Object entered = backend.enter(null);
            assertThat(backend.current()).isSameAs(io.spanloom.Span.noop());
            backend.leave(entered);
            assertThat(backend.current()).isSameAs(ours);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void subsegment_whereNothingIsCurrent_isNoSpan(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);

        assertThat(backend.start(SpanSpec.named("sub").placement(Placement.SUBSEGMENT), null))
                .isSameAs(io.spanloom.Span.noop());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void remoteParent_isContinuedWithItsStateAndWithoutWhatIsCurrent(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        SpanSeed seed = SpanSeed.remote(TRACE, PARENT, true).passing("a=1,b=2", null);
        try (Scope baggage = Baggage.builder().put("tenant", "a").build().makeCurrent();
                io.spanloom.Span outer = start(backend, "outer")) {
            try (io.spanloom.Span request =
                    backend.start(SpanSpec.named("request").kind(SpanKind.SERVER), seed)) {
                assertThat(request.traceId()).isEqualTo(TRACE);
                assertThat(Baggage.current().getEntryValue("tenant")).isEqualTo("a");
            }
            assertThat(backend.current()).isSameAs(outer);
        }
        SpanData request = otel.ended("request");
        assertThat(request.getParentSpanContext().isRemote()).isTrue();
        assertThat(request.getParentSpanId()).isEqualTo(PARENT);
        assertThat(request.getSpanContext().getTraceState().asMap())
                .containsEntry("a", "1")
                .containsEntry("b", "2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void remoteParent_thatIsNotSampled_isFollowed(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        try (io.spanloom.Span request =
                        backend.start(SpanSpec.named("request"), SpanSeed.remote(TRACE, PARENT, false));
                io.spanloom.Span child = start(backend, "child")) {
            assertThat(request.traceId()).isEqualTo(TRACE);
            assertThat(request.isSampled()).isFalse();
            assertThat(child.isRecording()).isFalse();
            assertThat(child.traceId()).isEqualTo(TRACE);
        }
        assertThat(otel.exporter.getFinishedSpanItems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rootThatIsNotSampled_givesAllItsChildrenOneSpan(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.NONE, bridged);
        try (io.spanloom.Span root = start(backend, "root")) {
            io.spanloom.Span first = start(backend, "first");
            first.close();
            io.spanloom.Span second = start(backend, "second");

            assertThat(second).isSameAs(first);
            assertThat(second.isRecording()).isFalse();
            assertThat(second.isSampled()).isFalse();
            assertThat(backend.current()).isSameAs(root);
            assertThat(otel.foreign.spanBuilder("theirs").startSpan().isRecording())
                    .isFalse();
        }
        assertThat(backend.current()).isSameAs(io.spanloom.Span.noop());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void spanOfOthersThatIsNotSampled_isFollowed(boolean bridged) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        Span theirs = Span.wrap(io.opentelemetry.api.trace.SpanContext.create(
                TRACE,
                PARENT,
                io.opentelemetry.api.trace.TraceFlags.getDefault(),
                io.opentelemetry.api.trace.TraceState.getDefault()));
        try (Scope scope = theirs.makeCurrent();
                io.spanloom.Span ours = start(backend, "ours")) {
            assertThat(ours.isRecording()).isFalse();
            assertThat(ours.traceId()).isEqualTo(TRACE);
        }
    }
}
