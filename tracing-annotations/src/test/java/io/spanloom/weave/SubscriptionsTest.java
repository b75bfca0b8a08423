package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Outcome;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Traced;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What goes between a traced publisher and its subscriber, by hand: no operator of a library stands between. */
class SubscriptionsTest extends WovenTest {

    static class Shop {
        @Traced
        <T> Mono<T> mono(Mono<T> given) {
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
        Mono<String> typed(
                @SpanAnnotation("long") long number,
                @SpanAnnotation("double") double fraction,
                @SpanAnnotation("boolean") boolean truth,
                @SpanAnnotation("text") String text) {
            return Mono.just(text);
        }
    }

    private static final Shop SHOP = new Shop();

    /** One declared type, with a source of that type whose {@code subscribe} does what it is told. */
    record Shape(
            String name, java.util.function.Function<Consumer<Subscriber<? super String>>, Publisher<String>> traced) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                new Shape(
                        "Mono",
                        source -> SHOP.mono(new Mono<String>() {
                            @Override
                            public void subscribe(CoreSubscriber<? super String> subscriber) {
                                source.accept(subscriber);
                            }
                        })),
                new Shape(
                        "Flux",
                        source -> SHOP.flux(new Flux<String>() {
                            @Override
                            public void subscribe(CoreSubscriber<? super String> subscriber) {
                                source.accept(subscriber);
                            }
                        })),
                new Shape("Publisher", source -> SHOP.publisher(plain(source))),
                new Shape(
                        "Flow.Publisher",
                        source -> FlowAdapters.toPublisher(SHOP.flow(FlowAdapters.toFlowPublisher(plain(source))))));
    }

    private static Publisher<String> plain(Consumer<Subscriber<? super String>> source) {
        return new Publisher<>() {
            @Override
            public void subscribe(Subscriber<? super String> subscriber) {
                source.accept(subscriber);
            }
        };
    }

    /** Keeps what it hears. */
    private static final class Listener implements CoreSubscriber<String> {
        final List<Object> heard = new ArrayList<>();
        Subscription subscription = new Source(heard);

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(String item) {
            heard.add(item);
        }

        @Override
        public void onError(Throwable thrown) {
            heard.add(thrown);
        }

        @Override
        public void onComplete() {
            heard.add("complete");
        }
    }

    /** Keeps what is asked of it. */
    private record Source(List<Object> asked) implements Subscription {
        @Override
        public void request(long count) {
            asked.add(count);
        }

        @Override
        public void cancel() {
            asked.add("cancel");
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void elementsAndTheEnd_reachTheSubscriber(Shape shape) {
        List<Object> asked = new ArrayList<>();
        Listener listener = new Listener();
        shape.traced()
                .apply(subscriber -> {
                    subscriber.onSubscribe(new Source(asked));
                    subscriber.onNext("one");
                    subscriber.onComplete();
                })
                .subscribe(listener);
        listener.subscription.request(7);

        assertThat(listener.heard).containsExactly("one", "complete");
        assertThat(asked).containsExactly(7L);
        assertThat(only().outcome()).isEqualTo(Outcome.OK);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void failed_reachesTheSubscriberAndIsAFault(Shape shape) {
        IOException failure = new IOException("disk full");
        Listener listener = new Listener();
        shape.traced()
                .apply(subscriber -> {
                    subscriber.onSubscribe(new Source(new ArrayList<>()));
                    subscriber.onError(failure);
                })
                .subscribe(listener);

        assertThat(listener.heard).containsExactly(failure);
        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
        assertThat(only().exceptions().get(0).type()).isEqualTo(IOException.class.getName());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void cancelled_reachesTheSourceAndIsMarked(Shape shape) {
        List<Object> asked = new ArrayList<>();
        Listener listener = new Listener();
        shape.traced()
                .apply(subscriber -> subscriber.onSubscribe(new Source(asked)))
                .subscribe(listener);
        listener.subscription.cancel();

        assertThat(asked).containsExactly("cancel");
        assertThat(only().outcome()).isEqualTo(Outcome.OK);
        assertThat(only().annotations()).containsEntry("cancelled", true);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void sourceThatThrowsWhenSubscribedTo_endsTheSpanAsAFaultAndSaysSo(Shape shape) {
        IllegalStateException failure = new IllegalStateException("no subscribers");
        Publisher<String> traced = shape.traced().apply(subscriber -> {
            throw failure;
        });

        Listener listener = new Listener();
        try {
            traced.subscribe(listener);
        } catch (IllegalStateException thrown) { // Reactor tells the subscriber
            listener.heard.add(thrown);
        }

        assertThat(listener.heard).containsExactly(failure);
        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
    }

    @Test
    @SuppressWarnings("NullAway") // in breach of the contract
    void subscriberThatIsNull_isTheSourcesToRefuse() {
        List<Object> seen = new ArrayList<>();
        SHOP.publisher(plain(seen::add)).subscribe(null);
        SHOP.flow((Flow.Publisher<String>) seen::add).subscribe(null);

        assertThat(seen).containsExactly(null, null);
        assertThat(names()).isEmpty();
    }

    @Test
    void captureOfEachType_isOfThatTypeOnEachSubscription() {
        Mono<String> mono = SHOP.typed(1L << 40, 0.5, true, "text");
        mono.block();
        mono.block();

        assertThat(RecordingProvider.ENDED)
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.annotations())
                        .containsEntry("long", 1L << 40)
                        .containsEntry("double", 0.5)
                        .containsEntry("boolean", true)
                        .containsEntry("text", "text"));
    }

    @Test
    void scannedByReactor_theChainIsWhole() {
        Listener listener = new Listener();
        Flux<Integer> source = Flux.range(1, 3).hide();
        SHOP.flux(source.map(String::valueOf)).subscribe(listener);
        Scannable between = Scannable.from(listener.subscription);

        assertThat(between.scanUnsafe(Scannable.Attr.ACTUAL)).isSameAs(listener);
        assertThat(between.scan(Scannable.Attr.PARENT)).isNotNull();
        assertThat(between.scan(Scannable.Attr.RUN_STYLE)).isEqualTo(Scannable.Attr.RunStyle.SYNC);
        listener.subscription.cancel();
    }
}
