package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.ObservableTransformer;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleTransformer;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import io.spanloom.annotation.Traced;
import io.spanloom.spi.MemorySpan;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

/** RxJava's own types, as {@code docs/async.md} has them traced. */
class RxJavaTest extends WovenTest {

    static <T> SingleTransformer<T, T> tracedSingle(String name) {
        return source -> Single.unsafeCreate(observer -> {
            Span span = Tracing.span(name);
            TraceContext inside = Tracing.capture();
            span.detach();
            inside.run(() -> source.doOnSuccess(value -> span.close())
                    .doOnError(span::close)
                    .doOnDispose(() -> span.annotation("cancelled", true).close())
                    .subscribe(observer));
        });
    }

    static <T> ObservableTransformer<T, T> tracedObservable(String name) {
        return source -> Observable.unsafeCreate(observer -> {
            Span span = Tracing.span(name);
            TraceContext inside = Tracing.capture();
            span.detach();
            inside.run(() -> source.doOnComplete(span::close)
                    .doOnError(span::close)
                    .doOnDispose(() -> span.annotation("cancelled", true).close())
                    .subscribe(observer));
        });
    }

    record Receipt(String number) {}

    static class Shop {
        private final Single<Receipt> charge;
        private final Flowable<String> items;

        Shop(Single<Receipt> charge, Flowable<String> items) {
            this.charge = charge;
            this.items = items;
        }

        @Traced
        CompletionStage<Receipt> charge() {
            return charge.toCompletionStage();
        }

        @Traced
        Publisher<String> items() {
            return items;
        }

        @Traced
        Single<Receipt> single() {
            return charge;
        }
    }

    private static MemorySpan named(String name) {
        return RecordingProvider.ENDED.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void asACompletionStage_endsWhenTheSingleDoes() {
        SingleSubject<Receipt> given = SingleSubject.create();
        CompletionStage<Receipt> stage = new Shop(given, Flowable.empty()).charge();
        assertThat(names()).isEmpty();
        given.onSuccess(new Receipt("r1"));

        assertThat(stage.toCompletableFuture()).isCompletedWithValue(new Receipt("r1"));
        assertThat(names()).containsExactly("Shop.charge");
    }

    @Test
    void asAPublisher_eachSubscriptionIsASpan() {
        Publisher<String> items = new Shop(Single.never(), Flowable.just("a", "b")).items();
        assertThat(Flowable.fromPublisher(items).toList().blockingGet()).containsExactly("a", "b");
        Flowable.fromPublisher(items).take(1).blockingSubscribe();

        assertThat(names()).containsExactly("Shop.items", "Shop.items");
        assertThat(RecordingProvider.ENDED.get(1).annotations()).containsEntry("cancelled", true);
    }

    /** Neither a future, for it has not begun, nor one of the publishers that the weaver replaces. */
    @Test
    void declaredAsASingle_endsAtReturnAndIsTheVeryObject() {
        SingleSubject<Receipt> given = SingleSubject.create();

        assertThat(new Shop(given, Flowable.empty()).single()).isSameAs(given);
        assertThat(names()).containsExactly("Shop.single");
    }

    @Test
    void transformedSingle_isASpanForEachSubscriptionWithItsWorkBelow() {
        Single<String> single =
                Single.fromCallable(() -> Tracing.call("work", span -> "done")).compose(tracedSingle("load"));
        assertThat(names()).isEmpty();
        assertThat(single.blockingGet()).isEqualTo("done");
        assertThat(single.subscribeOn(Schedulers.io()).blockingGet()).isEqualTo("done");

        assertThat(names()).containsExactly("work", "load", "work", "load");
        assertThat(named("work").parentSpanId()).isEqualTo(named("load").spanId());
    }

    @Test
    void transformedSingleThatFails_isAFaultOfEachRetry() {
        Single.error(new IOException("disk full"))
                .compose(tracedSingle("load"))
                .retry(1)
                .test()
                .assertError(IOException.class);

        assertThat(RecordingProvider.ENDED)
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.outcome()).isEqualTo(Outcome.FAULT));
    }

    @Test
    void transformedSingleThatIsDisposed_endsAndReachesItsSource() {
        SingleSubject<String> given = SingleSubject.create();
        Disposable subscription = given.compose(tracedSingle("load")).subscribe();
        subscription.dispose();

        assertThat(given.hasObservers()).isFalse();
        assertThat(only().outcome()).isEqualTo(Outcome.OK);
        assertThat(only().annotations()).containsEntry("cancelled", true);
    }

    @Test
    void transformedObservable_endsOnceAndNotWithAnElement() {
        PublishSubject<Integer> given = PublishSubject.create();
        TestObserver<Integer> observer = given.compose(tracedObservable("load")).test();
        given.onNext(1);
        given.onNext(2);
        assertThat(names()).isEmpty();
        given.onComplete();
        observer.assertValues(1, 2).assertComplete();

        assertThat(only().outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void transformedObservableThatIsDisposedOrFails_saysSo() {
        Observable.range(1, 100).compose(tracedObservable("taken")).take(2).blockingSubscribe();
        Observable.error(new IOException("disk full"))
                .compose(tracedObservable("failed"))
                .test()
                .assertError(IOException.class);

        assertThat(named("taken").annotations()).containsEntry("cancelled", true);
        assertThat(named("failed").outcome()).isEqualTo(Outcome.FAULT);
    }
}
