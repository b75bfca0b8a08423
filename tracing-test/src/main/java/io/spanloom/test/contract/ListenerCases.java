package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.spanloom.Http;
import io.spanloom.Outcome;
import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanListeners;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.spi.Ids;
import io.spanloom.spi.SpanListener;
import io.spanloom.spi.SpanView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listeners hear: the same of every backend, and of several at once. */
abstract class ListenerCases extends ContractCases {

    private static final Map<String, String> UNSAMPLED =
            Map.of("traceparent", "00-6b0149315b2f0c6a1d2e3f4a5b6c7d8e-00f067aa0ba902b7-00");

    private final Heard heard = new Heard();
    private final Scope listening = SpanListeners.add(heard);

    ListenerCases(BackendContract contract) {
        super(contract);
    }

    /** Everything, in order. */
    private static final class Heard implements SpanListener {
        final List<SpanView> started = new CopyOnWriteArrayList<>();
        final List<SpanView> failed = new CopyOnWriteArrayList<>();
        final List<Throwable> errors = new CopyOnWriteArrayList<>();
        final List<SpanView> ended = new CopyOnWriteArrayList<>();

        @Override
        public void onStart(SpanView span) {
            started.add(span);
        }

        @Override
        public void onError(SpanView span, Throwable thrown) {
            failed.add(span);
            errors.add(thrown);
        }

        @Override
        public void onEnd(SpanView span) {
            ended.add(span);
        }
    }

    @AfterEach
    void nobodyListens() {
        listening.close();
    }

    @Test
    void span_isHeardOnceAtItsStartAndItsEnd() {
        Tracing.run("root", root -> Tracing.run("child", child -> {}));

        assertThat(heard.started).extracting(SpanView::name).containsExactly("root", "child");
        assertThat(heard.ended).extracting(SpanView::name).containsExactly("child", "root");
        assertThat(heard.failed).isEmpty();
        spans(2);
    }

    @Test
    void heardIds_areThoseThatAreDelivered() {
        Tracing.run(
                "root",
                root -> Tracing.run("child", child -> {
                    assertThat(heard.started.get(1).spanId()).isEqualTo(child.spanId());
                }));

        ObservedSpan child = spans(2).named("child");
        assertThat(heard.ended.get(0).traceId()).isEqualTo(child.traceId());
        assertThat(heard.ended.get(0).xrayTraceId()).isEqualTo(Ids.toXRay(child.traceId()));
        assertThat(heard.ended.get(0).spanId()).isEqualTo(child.spanId());
    }

    @Test
    void heardTimes_areWithinTheApplications() {
        long before = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        Tracing.run("root", root -> {});

        SpanView root = heard.ended.get(0);
        assertThat(heard.started.get(0).endEpochNanos()).isZero();
        assertThat(root.startEpochNanos()).isBetween(before, root.endEpochNanos());
        assertThat(root.durationNanos()).isEqualTo(root.endEpochNanos() - root.startEpochNanos());
    }

    @Test
    void whatIsRecorded_isHeardAtTheEnd() {
        SpanSpec get = SpanSpec.named("GET").kind(SpanKind.SERVER).placement(SpanSpec.Placement.SEGMENT);
        Tracing.run(get, request -> {
            Tracing.run("child", child -> {
                child.user("andrewbrown");
                Tracing.current().annotation("handle", "andrew").annotation("n", 1);
            });
            request.operation("GET /home").http(Http.response(404));
        });

        SpanView child = heard.ended.get(0);
        assertThat(child.annotations()).containsExactly(Map.entry("handle", "andrew"), Map.entry("n", 1L));
        assertThat(child.user()).isEqualTo("andrewbrown");
        assertThat(child.kind()).isEqualTo(SpanKind.INTERNAL);
        SpanView request = heard.ended.get(1);
        assertThat(request.name()).isEqualTo("GET /home");
        assertThat(request.kind()).isEqualTo(SpanKind.SERVER);
        assertThat(request.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(request.annotations()).isEmpty();
        assertThat(spans(2).named("child").annotations()).containsEntry("handle", "andrew");
    }

    @Test
    void exceptionThroughSeveralSpans_isHeardOnceOfTheDeepest() {
        IllegalStateException boom = new IllegalStateException("boom");
        assertThrows(() -> Tracing.run("root", root -> {
            try {
                Tracing.run("child", child -> {
                    throw boom;
                });
            } catch (IllegalStateException caught) {
                throw new CompletionException(caught);
            }
        }));

        assertThat(heard.errors).containsExactly(boom);
        assertThat(heard.failed)
                .extracting(SpanView::name, SpanView::outcome)
                .containsExactly(tuple("child", Outcome.FAULT));
        assertThat(heard.ended).extracting(SpanView::isErrorTold).containsExactly(true, true);
        assertThat(heard.ended.get(1).exception()).isInstanceOf(CompletionException.class);
        assertThat(spans(2).named("child").exceptions()).hasSize(1);
    }

    @Test
    void expectedException_isNoError() {
        Tracing.run("root", root -> Tracing.run("child", child -> child.expected(new IllegalStateException("no"))));

        assertThat(heard.errors).isEmpty();
        assertThat(heard.ended).extracting(SpanView::exception).containsOnlyNulls();
    }

    @Test
    void unsampledTrace_isHeardAndNotRecorded() {
        IllegalStateException boom = new IllegalStateException("boom");
        assertThrows(() -> {
            try (Span request = Tracing.segment("request", UNSAMPLED, Map::get)) {
                Tracing.run(
                        "child",
                        child -> Tracing.run("grandchild", grandchild -> {
                            grandchild.annotation("a", "b").metadata("m", "n").event("e");
                            throw boom;
                        }));
            }
        });

        assertThat(heard.started).extracting(SpanView::name).containsExactly("request", "child", "grandchild");
        assertThat(heard.ended).extracting(SpanView::name).containsExactly("grandchild", "child", "request");
        assertThat(heard.ended).extracting(SpanView::isSampled).containsOnly(false);
        assertThat(heard.ended).extracting(SpanView::traceId).containsOnly("6b0149315b2f0c6a1d2e3f4a5b6c7d8e");
        assertThat(heard.ended.get(0).annotations()).containsEntry("a", "b");
        assertThat(heard.errors).containsExactly(boom);
        assertThat(spans(0).all()).isEmpty();
    }

    @Test
    void spanEndedElsewhere_isHeardOnce() throws Exception {
        Span span = Tracing.span("work").detach();
        elsewhere(() -> span.close(new IllegalStateException("boom")));
        span.close();

        assertThat(heard.errors).hasSize(1);
        assertThat(heard.ended).extracting(SpanView::outcome).containsExactly(Outcome.FAULT);
        spans(1);
    }

    @Test
    void spanThatNobodyEnds_isHeardToStartAndToFail() {
        Span left = Tracing.span("left");
        left.fail(new IllegalStateException("boom"));
        left.detach();

        assertThat(heard.started).hasSize(1);
        assertThat(heard.errors).hasSize(1);
        assertThat(heard.ended).isEmpty();
        left.close();
    }

    @Test
    void listenerThatThrows_harmsNobody() {
        SpanListener hostile = new SpanListener() {
            @Override
            public void onStart(SpanView span) {
                throw new IllegalStateException("start");
            }

            @Override
            public void onError(SpanView span, Throwable thrown) {
                throw new StackOverflowError();
            }

            @Override
            public void onEnd(SpanView span) {
                throw new NoClassDefFoundError("gone");
            }
        };
        Heard after = new Heard();
        try (Scope first = SpanListeners.add(hostile);
                Scope second = SpanListeners.add(after)) {
            Tracing.run("root", root -> root.annotation("a", "b").fail(new IllegalStateException("boom")));
        }

        assertThat(after.started).hasSize(1);
        assertThat(after.errors).hasSize(1);
        assertThat(after.ended).hasSize(1);
        assertThat(spans(1).only().annotations()).containsEntry("a", "b");
    }

    @Test
    void listenerRemovedAmidATrace_changesNothingThatIsRecorded() {
        Tracing.run("root", root -> {
            listening.close();
            Tracing.current().annotation("a", "b");
            Tracing.run("child", child -> {});
        });

        assertThat(heard.started).hasSize(1);
        assertThat(heard.ended).isEmpty();
        ObservedSpan root = spans(2).named("root");
        assertThat(root.annotations()).containsEntry("a", "b");
        assertThat(spans(2).named("child").parentSpanId()).isEqualTo(root.spanId());
    }
}
