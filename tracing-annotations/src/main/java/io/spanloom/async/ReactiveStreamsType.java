package io.spanloom.async;

import io.spanloom.Scope;
import io.spanloom.spi.AsyncCall;
import io.spanloom.spi.PublisherType;
import io.spanloom.spi.SubscribedSpan;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Publishers of Reactive Streams that no library's own type knows. Found by {@link java.util.ServiceLoader}. */
public final class ReactiveStreamsType implements PublisherType {

    @Override
    public boolean includes(Class<?> type) {
        return Publisher.class.isAssignableFrom(type);
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    @SuppressWarnings("unchecked") // elements are only passed on
    public Object decorate(Object result, AsyncCall call) {
        return new Traced<>((Publisher<Object>) result, call);
    }

    private record Traced<T>(Publisher<T> source, AsyncCall call) implements Publisher<T> {

        @Override
        public void subscribe(Subscriber<? super T> subscriber) {
            if (subscriber == null) {
                source.subscribe(null); // throws what it throws
                return;
            }
            SubscribedSpan span = call.subscribed(null);
            try (Scope scope = span.inside().activate()) {
                source.subscribe(new TracedSubscriber<>(subscriber, span));
            } catch (Throwable thrown) {
                span.end(null, thrown);
                throw thrown;
            }
        }
    }

    private static final class TracedSubscriber<T> implements Subscriber<T>, Subscription {
        private final Subscriber<? super T> target;
        private final SubscribedSpan span;
        private volatile @Nullable Subscription source;

        TracedSubscriber(Subscriber<? super T> target, SubscribedSpan span) {
            this.target = target;
            this.span = span;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            try (Scope scope = span.outside().activate()) {
                target.onSubscribe(this);
            }
        }

        @Override
        public void onNext(T item) {
            try (Scope scope = span.outside().activate()) {
                target.onNext(item);
            }
        }

        @Override
        public void onError(Throwable thrown) {
            span.end(null, thrown);
            try (Scope scope = span.outside().activate()) {
                target.onError(thrown);
            }
        }

        @Override
        public void onComplete() {
            span.end(null, null);
            try (Scope scope = span.outside().activate()) {
                target.onComplete();
            }
        }

        @Override
        public void request(long count) {
            Subscription known = source;
            if (known != null) {
                try (Scope scope = span.inside().activate()) {
                    known.request(count);
                }
            }
        }

        @Override
        public void cancel() {
            span.cancel();
            Subscription known = source;
            if (known != null) {
                try (Scope scope = span.inside().activate()) {
                    known.cancel();
                }
            }
        }
    }
}
