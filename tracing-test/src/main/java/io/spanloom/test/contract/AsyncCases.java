package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Results that complete later: the span ends then, once, with their outcome, and is not current until then. */
abstract class AsyncCases extends ContractCases {

    AsyncCases(BackendContract contract) {
        super(contract);
    }

    private static final class OwnFuture extends CompletableFuture<String> {}

    /** What completes with a future. */
    enum Shape {
        COMPLETABLE_FUTURE {
            @Override
            CompletionStage<String> of(CompletableFuture<String> source) {
                return source;
            }
        },
        DEPENDENT_STAGE {
            @Override
            CompletionStage<String> of(CompletableFuture<String> source) {
                return source.thenApply(value -> value);
            }
        },
        STAGE_THAT_IS_NO_FUTURE {
            @Override
            CompletionStage<String> of(CompletableFuture<String> source) {
                return source.minimalCompletionStage();
            }
        };

        abstract CompletionStage<String> of(CompletableFuture<String> source);
    }

    /** Begins a root and a call in it that gives what completes with the source. */
    private static CompletableFuture<String> begun(Shape shape) {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletionStage<String> given = shape.of(source);
        Tracing.run("root", root -> {
            CompletionStage<String> returned = Tracing.call("later", span -> given);
            assertThat((Object) returned).isSameAs(given);
            assertThat(Tracing.current().spanId()).as("current after the call").isEqualTo(root.spanId());
        });
        return source;
    }

    private ObservedSpan later() {
        ObservedSpans spans = spans(2);
        ObservedSpan later = spans.named("later");
        assertThat(later.parentSpanId()).isEqualTo(spans.named("root").spanId());
        assertThat(spans.named("root").outcome()).isEqualTo(Outcome.OK);
        return later;
    }

    private static void assertOk(ObservedSpan span) {
        assertThat(span.outcome()).isEqualTo(Outcome.OK);
        assertThat(span.exceptions()).isEmpty();
        assertThat(span.annotations()).doesNotContainKey("cancelled");
    }

    private static void assertCancelled(ObservedSpan span) {
        assertThat(span.outcome()).isEqualTo(Outcome.OK);
        assertThat(span.exceptions()).isEmpty();
        assertThat(span.annotations()).containsEntry("cancelled", true);
    }

    private static void assertFault(ObservedSpan span, String type) {
        assertThat(span.outcome()).isEqualTo(Outcome.FAULT);
        assertThat(span.exceptions()).hasSize(1);
        assertThat(span.exceptions().get(0).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @EnumSource
    void completedElsewhere_isOk(Shape shape) throws Exception {
        CompletableFuture<String> source = begun(shape);
        elsewhere(() -> {
            source.complete("value");
            assertThat(Tracing.current()).isSameAs(Span.noop());
        });

        assertOk(later());
    }

    @ParameterizedTest
    @EnumSource
    void failedElsewhere_isAFaultWithTheCauseAlone(Shape shape) throws Exception {
        CompletableFuture<String> source = begun(shape);
        elsewhere(() -> {
            source.completeExceptionally(new CompletionException(new IOException("disk full")));
        });

        assertFault(later(), IOException.class.getName());
    }

    @ParameterizedTest
    @EnumSource
    void cancelledElsewhere_isNoFaultAndMarked(Shape shape) throws Exception {
        CompletableFuture<String> source = begun(shape);
        elsewhere(() -> {
            source.cancel(true);
        });

        assertCancelled(later());
    }

    @ParameterizedTest
    @EnumSource
    void completedAlready_endsAtReturn(Shape shape) {
        Tracing.run(
                "root",
                root -> Tracing.call("later", span -> {
                    assertThat(span.isEnded()).isFalse();
                    return shape.of(CompletableFuture.completedFuture("value"));
                }));

        assertOk(later());
    }

    @ParameterizedTest
    @EnumSource
    void failedAlready_endsAtReturnAsAFault(Shape shape) {
        Tracing.run(
                "root",
                root -> Tracing.call(
                        "later", span -> shape.of(CompletableFuture.failedFuture(new IOException("disk full")))));

        assertFault(later(), IOException.class.getName());
    }

    /** The defect: a dependent stage is returned in place of the method's own, and cancelling it reaches nobody. */
    @Test
    void replacedFuture_lostCancellation_theResultIsTheVeryObject() {
        OwnFuture given = new OwnFuture();
        Tracing.run("root", root -> {
            OwnFuture returned = Tracing.call("later", span -> given);
            assertThat((Object) returned).isSameAs(given);
            returned.cancel(true);
        });

        assertThat(given).isCancelled();
        assertCancelled(later());
    }

    /** The defect: whoever ends second ends once more, or ends somebody else's span. */
    @Test
    void doubleEnd_completedAndClosedByHand_endsOnce() {
        CompletableFuture<String> given = new CompletableFuture<>();
        Tracing.run("root", root -> {
            List<Span> own = new ArrayList<>();
            Tracing.call("later", span -> {
                own.add(span);
                return given;
            });
            try (Span other = Tracing.span("other")) {
                given.complete("value");
                own.get(0).close();
                given.obtrudeException(new IOException("too late"));
                assertThat(other.isEnded()).isFalse();
            }
        });

        assertOk(spans(3).named("later"));
    }

    @Test
    void expectedException_isRecordedAndNoFault() {
        SpanSpec spec = SpanSpec.named("later").expect(IOException.class);
        CompletableFuture<String> given = new CompletableFuture<>();
        Tracing.run("root", root -> Tracing.call(spec, span -> given));
        given.completeExceptionally(new CompletionException(new IOException("not there")));

        ObservedSpan later = later();
        assertThat(later.outcome()).isEqualTo(Outcome.OK);
        assertThat(later.exceptions()).hasSize(1);
    }

    @Test
    void ignoredException_isOk() {
        SpanSpec spec = SpanSpec.named("later").ignore(IOException.class);
        CompletableFuture<String> given = new CompletableFuture<>();
        Tracing.run("root", root -> Tracing.call(spec, span -> given));
        given.completeExceptionally(new CompletionException(new IOException("not there")));

        assertOk(later());
    }

    @Test
    void thrownAtOnce_isAsSynchronous() {
        Tracing.run(
                "root",
                root -> assertThrows(() -> Tracing.call("later", span -> {
                    throw new IOException("at once");
                })));

        assertFault(later(), IOException.class.getName());
    }

    @Test
    void plainFuture_endsAtReturn() {
        Future<String> given = new FutureTask<>(() -> "value");
        Tracing.run(
                "root",
                root -> assertThat((Object) Tracing.call("later", span -> given))
                        .isSameAs(given));

        assertOk(later());
    }

    @Test
    void neverCompletes_theTraceArrivesWithoutIt() {
        begun(Shape.COMPLETABLE_FUTURE);

        ObservedSpan root = atLeast(1).named("root");
        assertThat(root.outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void endedAfterItsRoot_arrivesOnTheTrace() throws Exception {
        CompletableFuture<String> source = begun(Shape.COMPLETABLE_FUTURE);
        assertThat(Tracing.flush(DEADLINE)).isTrue();
        elsewhere(() -> {
            source.complete("value");
        });

        assertThat(spans(2).named("later").outcome()).isEqualTo(Outcome.OK);
    }

    /** The defect: a continuation runs where the future is completed, in whatever trace is current there, or in none. */
    @Test
    void contextLostInContinuationsCompletedElsewhere_wrappedOnesKeepTheirOwn() throws Exception {
        CompletableFuture<String> given = new CompletableFuture<>();
        CompletableFuture<Void> done = Tracing.call(
                "root",
                root -> Tracing.call("later", span -> given)
                        .thenAccept(Tracing.wrapConsumer(value -> Tracing.run("continued", span -> {}))));
        elsewhere(() -> {
            try (Span stranger = Tracing.span("stranger")) {
                given.complete("value");
                assertThat(Tracing.current().spanId()).isEqualTo(stranger.spanId());
            }
            assertThat(Tracing.current()).isSameAs(Span.noop());
        });

        assertThat(done).isCompleted();
        ObservedSpans spans = spans(4);
        assertThat(spans.named("continued").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
    }

    // --- publishers --------------------------------------------------------------------------------------------------

    /** Emits so many numbers as they are requested, and opens a span for each; then completes or fails. */
    private static Flow.Publisher<Integer> numbers(
            int count, @Nullable Throwable failure, AtomicInteger subscriptions, AtomicInteger cancellations) {
        return subscriber -> {
            subscriptions.incrementAndGet();
            subscriber.onSubscribe(new Flow.Subscription() {
                private int emitted;
                private boolean done;

                @Override
                public void request(long n) {
                    for (long i = 0; i < n && !done; i++) {
                        if (emitted < count) {
                            int number = emitted++;
                            Tracing.run("source", span -> {});
                            subscriber.onNext(number);
                        } else {
                            done = true;
                            if (failure == null) {
                                subscriber.onComplete();
                            } else {
                                subscriber.onError(failure);
                            }
                        }
                    }
                }

                @Override
                public void cancel() {
                    done = true;
                    cancellations.incrementAndGet();
                }
            });
        };
    }

    private final AtomicInteger subscriptions = new AtomicInteger();
    private final AtomicInteger cancellations = new AtomicInteger();

    private static final class Taking implements Flow.Subscriber<Integer> {
        private final int wanted;
        private Flow.@Nullable Subscription subscription;
        final List<Integer> taken = new ArrayList<>();
        final List<String> current = new ArrayList<>();
        final CountDownLatch done = new CountDownLatch(1);

        Taking(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(Integer item) {
            taken.add(item);
            current.add(Tracing.current().spanId());
            Flow.Subscription known = subscription;
            if (known == null) {
                return;
            }
            if (taken.size() == wanted) {
                known.cancel();
                done.countDown();
            } else {
                known.request(1);
            }
        }

        @Override
        public void onError(Throwable thrown) {
            done.countDown();
        }

        @Override
        public void onComplete() {
            done.countDown();
        }
    }

    private Flow.Publisher<Integer> called(int count, @Nullable Throwable failure) {
        return Tracing.call("later", span -> numbers(count, failure, subscriptions, cancellations));
    }

    /** The defect: the result is subscribed to for the sake of tracing, and its work done twice. */
    @Test
    void subscribingTwice_aPublisherIsDecoratedOnly() {
        Tracing.run("root", root -> {
            Flow.Publisher<Integer> publisher = called(0, null);
            assertThat(subscriptions).hasValue(0);
            publisher.subscribe(new Taking(9));
            assertThat(subscriptions).hasValue(1);
        });

        assertOk(later());
    }

    /** The defect: the span ends with the first element, and again with each further one. */
    @Test
    void endsOnEveryOnNext_aPublishersSpanEndsAtItsEnd() {
        Tracing.run("root", root -> called(2, null).subscribe(new Taking(9)));

        ObservedSpans spans = spans(4);
        ObservedSpan later = spans.named("later");
        assertOk(later);
        assertThat(spans.all())
                .filteredOn(span -> span.name().equals("source"))
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.parentSpanId()).isEqualTo(later.spanId()));
    }

    /** The defect: nobody hears of a cancellation, and the span never ends. */
    @Test
    void nothingOnCancel_aCancelledPublishersSpanEndsAndIsMarked() {
        Tracing.run("root", root -> called(5, null).subscribe(new Taking(1)));

        assertThat(cancellations).hasValue(1);
        assertCancelled(spans(3).named("later"));
    }

    @Test
    void failedPublisher_isAFault() {
        Tracing.run("root", root -> called(0, new IOException("disk full")).subscribe(new Taking(1)));

        assertFault(later(), IOException.class.getName());
    }

    @Test
    void eachSubscription_isASpanBelowWhatIsCurrentThere() {
        List<Flow.Publisher<Integer>> given = new ArrayList<>();
        Tracing.run("root", root -> given.add(called(0, null)));
        Flow.Publisher<Integer> publisher = given.get(0);
        publisher.subscribe(new Taking(1));
        Tracing.run("second", second -> publisher.subscribe(new Taking(1)));

        ObservedSpans spans = spans(4);
        assertThat(spans.all())
                .filteredOn(span -> span.name().equals("later"))
                .hasSize(2)
                .anySatisfy(span -> assertThat(span.parentSpanId())
                        .isEqualTo(spans.named("root").spanId()))
                .anySatisfy(span -> assertThat(span.parentSpanId())
                        .isEqualTo(spans.named("second").spanId()));
    }

    @Test
    void signals_reachTheSubscriberInItsOwnContext() throws Exception {
        Taking taking = new Taking(9);
        String[] root = new String[1];
        Tracing.run("root", span -> {
            root[0] = span.spanId();
            called(2, null).subscribe(taking);
        });
        taking.done.await();

        assertThat(taking.current).containsOnly(root[0]).hasSize(2);
        spans(4);
    }
}
