package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.spanloom.Outcome;
import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.SpanMetadata;
import io.spanloom.annotation.Traced;
import io.spanloom.spi.MemorySpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Fuseable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Methods whose results begin when somebody subscribes, and Guava's futures. */
class PublisherResultsTest extends WovenTest {

    record Receipt(String number) {}

    /** As {@code HttpRequest.BodyPublisher}. */
    interface Body extends Flow.Publisher<String> {}

    static class Shop {
        @Traced
        @SpanAnnotation(value = "receipt", path = "number")
        Mono<Receipt> mono(@SpanAnnotation("id") int id, @SpanMetadata(key = "note") String note, Mono<Receipt> given) {
            return given;
        }

        @Traced
        <T> Flux<T> flux(Flux<T> given) {
            return given;
        }

        @Traced
        <T> Publisher<T> publisher(Publisher<T> given) {
            return given;
        }

        @Traced
        <T> Flow.Publisher<T> flow(Flow.Publisher<T> given) {
            return given;
        }

        @Traced
        @SpanAnnotation(value = "receipt", path = "number")
        ListenableFuture<Receipt> guava(ListenableFuture<Receipt> given) {
            return given;
        }

        @Traced
        @Nullable
        Mono<Receipt> nothing() {
            return null;
        }

        @Traced
        Mono<Receipt> throwsAtOnce(@SpanAnnotation("id") int id) {
            throw new IllegalStateException("at once");
        }

        @Traced
        Mono<String> outer() {
            return inner().map(text -> text + "!");
        }

        @Traced
        Mono<String> inner() {
            return Mono.fromCallable(() -> {
                Tracing.run("work", span -> {});
                return "inner";
            });
        }
    }

    private final Shop shop = new Shop();
    private final Receipt receipt = new Receipt("r1");

    private static MemorySpan named(String name) {
        return RecordingProvider.ENDED.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void notSubscribed_isNoSpan() {
        shop.mono(1, "n", Mono.just(receipt));

        assertThat(names()).isEmpty();
    }

    @Test
    void decorated_isNotSubscribedTo() {
        AtomicInteger subscriptions = new AtomicInteger();
        Mono<Receipt> mono = shop.mono(1, "n", Mono.just(receipt).doOnSubscribe(s -> subscriptions.incrementAndGet()));
        assertThat(subscriptions).hasValue(0);
        mono.block();
        assertThat(subscriptions).hasValue(1);
    }

    @Test
    void mono_isASpanWithItsCaptures() {
        assertThat(shop.mono(7, "n", Mono.just(receipt)).block()).isSameAs(receipt);

        assertThat(only().outcome()).isEqualTo(Outcome.OK);
        assertThat(only().annotations()).containsEntry("id", 7L).containsEntry("receipt", "r1");
        assertThat(only().metadata().get("default")).containsEntry("note", "\"n\"");
    }

    @Test
    void eachSubscription_isASpanOfItsOwn() {
        Mono<Receipt> mono = shop.mono(7, "n", Mono.just(receipt));
        mono.block();
        mono.block();

        assertThat(names()).containsExactly("Shop.mono", "Shop.mono");
        assertThat(RecordingProvider.ENDED)
                .allSatisfy(span ->
                        assertThat(span.annotations()).containsEntry("id", 7L).containsEntry("receipt", "r1"));
    }

    @Test
    void eachRetry_isASpanOfItsOwn() {
        AtomicInteger tries = new AtomicInteger();
        Mono<Receipt> mono = shop.mono(
                1,
                "n",
                Mono.defer(
                        () -> tries.incrementAndGet() < 3 ? Mono.error(new IOException("busy")) : Mono.just(receipt)));
        assertThat(mono.retry(5).block()).isSameAs(receipt);

        assertThat(RecordingProvider.ENDED.stream().map(MemorySpan::outcome))
                .containsExactly(Outcome.FAULT, Outcome.FAULT, Outcome.OK);
    }

    @Test
    void eachRepeat_isASpanOfItsOwn() {
        shop.flux(Flux.just(1, 2)).repeat(2).blockLast();

        assertThat(names()).hasSize(3);
    }

    @Test
    void flux_endsOnceAndNotWithAnElement() {
        List<Integer> endedBefore = new ArrayList<>();
        shop.flux(Flux.just(1, 2, 3))
                .doOnNext(item -> endedBefore.add(RecordingProvider.ENDED.size()))
                .blockLast();

        assertThat(endedBefore).containsExactly(0, 0, 0);
        assertThat(only().outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void failed_isAFaultWithTheVeryException() {
        IOException failure = new IOException("disk full");
        AtomicReference<Throwable> seen = new AtomicReference<>();
        shop.flux(Flux.error(failure)).subscribe(item -> {}, seen::set);

        assertThat(seen).hasValue(failure);
        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
        assertThat(only().exceptions().get(0).type()).isEqualTo(IOException.class.getName());
    }

    @Test
    void cancelled_endsAndReachesTheSource() {
        AtomicInteger cancelled = new AtomicInteger();
        Disposable subscription =
                shop.flux(Flux.never().doOnCancel(cancelled::incrementAndGet)).subscribe();
        subscription.dispose();

        assertThat(cancelled).hasValue(1);
        assertThat(only().outcome()).isEqualTo(Outcome.OK);
        assertThat(only().annotations()).containsEntry("cancelled", true);
    }

    @Test
    void empty_isOk() {
        assertThat(shop.mono(1, "n", Mono.empty()).block()).isNull();

        assertThat(only().annotations()).containsOnlyKeys("id");
    }

    @Test
    void monoStaysAMonoAndFluxAFlux_neitherFuseableNorScalar() {
        assertThat(shop.mono(1, "n", Mono.just(receipt)))
                .isNotInstanceOf(Fuseable.class)
                .isNotInstanceOf(java.util.concurrent.Callable.class);
        assertThat(shop.publisher(Flux.range(1, 3))).isInstanceOf(Flux.class).isNotInstanceOf(Fuseable.class);
    }

    @Test
    void fuseableAndScalarSources_areTraced() {
        assertThat(shop.flux(Flux.range(1, 3)).map(i -> i + 1).collectList().block())
                .containsExactly(2, 3, 4);
        assertThat(Mono.just(1)
                        .flatMap(i -> shop.mono(1, "n", Mono.just(receipt)))
                        .block())
                .isSameAs(receipt);

        assertThat(names()).containsExactly("Shop.flux", "Shop.mono");
    }

    @Test
    void tracedInTraced_isNested() {
        assertThat(shop.outer().block()).isEqualTo("inner!");

        assertThat(named("work").parent()).isSameAs(named("Shop.inner"));
        assertThat(named("Shop.inner").parent()).isSameAs(named("Shop.outer"));
    }

    @Test
    void tracedInTracedOnAnotherThread_isNestedByReactorsContext() {
        assertThat(Mono.defer(shop::outer).subscribeOn(Schedulers.parallel()).block())
                .isEqualTo("inner!");
        RecordingProvider.ENDED.clear();
        Mono<String> hopping = shop.publisher(shop.inner().subscribeOn(Schedulers.parallel())) instanceof Mono<String> m
                ? m
                : Mono.never();
        assertThat(hopping.block()).isEqualTo("inner");

        assertThat(named("Shop.inner").parent()).isSameAs(named("Shop.publisher"));
    }

    @Test
    void subscribedWithNothingCurrent_isBelowWhatWasCurrentAtTheCall() {
        List<Mono<Receipt>> given = new ArrayList<>();
        Tracing.run("outer", outer -> given.add(shop.mono(1, "n", Mono.just(receipt))));
        given.get(0).block();

        assertThat(named("Shop.mono").traceId()).isEqualTo(named("outer").traceId());
        assertThat(named("Shop.mono").parent()).isSameAs(named("outer"));
    }

    @Test
    void whatFollowsASource_isNotBelowItsSpan() {
        Tracing.run(
                "outer",
                outer -> shop.flux(Flux.just(1, 2))
                        .doOnNext(item -> Tracing.run("after", span -> {}))
                        .blockLast());

        assertThat(named("after").parent()).isSameAs(named("outer"));
        assertThat(named("Shop.flux").parent()).isSameAs(named("outer"));
    }

    @Test
    void signalledOnAnotherThread_whatFollowsSeesTheSubscribersContextAndNothingIsLeft() throws Exception {
        Sinks.Many<Integer> sink = Sinks.many().unicast().onBackpressureBuffer();
        List<String> seen = new ArrayList<>();
        Tracing.run(
                "outer",
                outer -> shop.flux(sink.asFlux())
                        .subscribe(item -> seen.add(Tracing.current().name())));
        Thread thread = new Thread(() -> {
            sink.tryEmitNext(1);
            sink.tryEmitComplete();
            seen.add(Tracing.current().name());
        });
        thread.start();
        thread.join();

        assertThat(seen).containsExactly("outer", Span.noop().name());
        assertThat(names()).containsExactly("outer", "Shop.flux");
    }

    @Test
    void operatorsOfTheSourceOnOtherThreads_seeTheSpanByMicrometersContextPropagation() {
        ContextRegistry.getInstance().registerThreadLocalAccessor(new Accessor());
        Hooks.enableAutomaticContextPropagation();
        try {
            shop.flux(Flux.just(1).publishOn(Schedulers.parallel()).doOnNext(item -> Tracing.run("work", span -> {})))
                    .blockLast();
        } finally {
            Hooks.disableAutomaticContextPropagation();
            ContextRegistry.getInstance().removeThreadLocalAccessor(TraceContext.KEY);
        }

        assertThat(named("work").parent()).isSameAs(named("Shop.flux"));
    }

    /** What a program registers to have traces go wherever Reactor goes. */
    private static final class Accessor implements ThreadLocalAccessor<TraceContext> {
        private final ThreadLocal<@Nullable Scope> scope = new ThreadLocal<>();

        @Override
        public Object key() {
            return TraceContext.KEY;
        }

        @Override
        public @Nullable TraceContext getValue() {
            return Tracing.current() == Span.noop() ? null : Tracing.capture();
        }

        @Override
        public void setValue(TraceContext value) {
            scope.set(value.activate());
        }

        @Override
        public void setValue() {
            Scope open = scope.get();
            if (open != null) {
                open.close();
            }
            scope.remove();
        }
    }

    @Test
    void nullResult_isASpanAtReturn() {
        assertThat(shop.nothing()).isNull();

        assertThat(only().name()).isEqualTo("Shop.nothing");
    }

    @Test
    void thrownAtOnce_isAsSynchronous() {
        assertThatThrownBy(() -> shop.throwsAtOnce(5)).hasMessage("at once");

        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
        assertThat(only().annotations()).containsEntry("id", 5L);
    }

    @Test
    void unsampled_staysUnsampledBelow() {
        Tracing.reconfigure(io.spanloom.TracingConfig.builder()
                .alone()
                .service("test")
                .backend("memtest")
                .set("tracing.sampling", "none")
                .build());
        assertThat(shop.outer().block()).isEqualTo("inner!");

        assertThat(names()).isEmpty();
    }

    @Test
    void off_theResultIsTheMethodsOwn() {
        backend("none");
        Mono<Receipt> given = Mono.just(receipt);

        assertThat(shop.mono(1, "n", given)).isSameAs(given);
    }

    @Test
    void reactiveStreamsPublisher_isASpanPerSubscription() {
        Publisher<Integer> given = subscriber -> Flux.just(1, 2).subscribe(subscriber);
        assertThat(Flux.from(shop.publisher(given)).collectList().block()).containsExactly(1, 2);

        assertThat(names()).containsExactly("Shop.publisher");
    }

    @Test
    void flowPublisher_isASpanPerSubscription() throws Exception {
        Flow.Publisher<Integer> given = reactor.adapter.JdkFlowAdapter.publisherToFlowPublisher(Flux.just(1, 2));
        Flow.Publisher<Integer> traced = shop.flow(given);
        for (int i = 0; i < 2; i++) {
            CountDownLatch done = new CountDownLatch(1);
            reactor.adapter.JdkFlowAdapter.flowPublisherToFlux(traced)
                    .doOnComplete(done::countDown)
                    .subscribe();
            done.await();
        }

        assertThat(names()).containsExactly("Shop.flow", "Shop.flow");
    }

    @Test
    void flowPublisherCancelled_isNoFaultAndMarked() {
        reactor.adapter.JdkFlowAdapter.flowPublisherToFlux(
                        shop.flow(reactor.adapter.JdkFlowAdapter.publisherToFlowPublisher(Flux.range(1, 100))))
                .take(2)
                .blockLast();

        assertThat(only().outcome()).isEqualTo(Outcome.OK);
        assertThat(only().annotations()).containsEntry("cancelled", true);
    }

    @Test
    void guavaFuture_endsWhenItCompletes() {
        SettableFuture<Receipt> given = SettableFuture.create();
        assertThat(shop.guava(given)).isSameAs(given);
        assertThat(names()).isEmpty();
        given.set(receipt);

        assertThat(only().annotations()).containsEntry("receipt", "r1");
    }

    @Test
    void guavaFutureFailed_isAFaultWithTheCause() {
        SettableFuture<Receipt> given = SettableFuture.create();
        shop.guava(given);
        given.setException(new IOException("disk full"));

        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
        assertThat(only().exceptions().get(0).type()).isEqualTo(IOException.class.getName());
    }

    @Test
    void guavaFutureCancelled_isNoFaultAndMarked() {
        SettableFuture<Receipt> given = SettableFuture.create();
        shop.guava(given).cancel(true);

        assertThat(given).isCancelled();
        assertThat(only().outcome()).isEqualTo(Outcome.OK);
        assertThat(only().annotations()).containsEntry("cancelled", true);
    }

    // --- by hand -----------------------------------------------------------------------------------------------------

    @Test
    void byHand_monoIsDecoratedAndTheFirstSubscriptionIsTheCallsSpan() {
        Mono<Receipt> mono = Tracing.call("by hand", span -> {
            span.annotation("id", 1);
            return Mono.just(receipt);
        });
        assertThat(names()).isEmpty();
        mono.block();
        mono.block();

        assertThat(names()).containsExactly("by hand", "by hand");
        assertThat(RecordingProvider.ENDED.get(0).annotations()).containsEntry("id", 1L);
    }

    @Test
    void byHand_publisherThatTheCallerMayNameStaysThatObject() {
        Body body = subscriber -> {};
        Body returned = Tracing.call("by hand", span -> body);

        assertThat(returned).isSameAs(body);
        assertThat(names()).containsExactly("by hand");
    }

    @Test
    void byHand_fluxOfAClassOfItsOwnStaysThatObject() {
        reactor.core.publisher.ConnectableFlux<Integer> given = Flux.just(1).publish();
        reactor.core.publisher.ConnectableFlux<Integer> returned = Tracing.call("by hand", span -> given);

        assertThat(returned).isSameAs(given);
        assertThat(names()).containsExactly("by hand");
    }
}
