package io.spanloom.internal.async;

import io.spanloom.Scope;
import io.spanloom.spi.AsyncCall;
import io.spanloom.spi.PublisherType;
import io.spanloom.spi.SubscribedSpan;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The JDK's own publishers. */
final class FlowPublisherType implements PublisherType {

    @Override
    public boolean includes(Class<?> type) {
        return Flow.Publisher.class.isAssignableFrom(type);
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    @SuppressWarnings("unchecked") // elements are only passed on
    public Object decorate(Object result, AsyncCall call) {
        return new Traced<>((Flow.Publisher<Object>) result, call);
    }

    private record Traced<T>(Flow.Publisher<T> source, AsyncCall call) implements Flow.Publisher<T> {

        @Override
        public void subscribe(Flow.Subscriber<? super T> subscriber) {
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

    private static final class TracedSubscriber<T> implements Flow.Subscriber<T>, Flow.Subscription {
        private final Flow.Subscriber<? super T> target;
        private final SubscribedSpan span;
        private volatile Flow.@Nullable Subscription source;

        TracedSubscriber(Flow.Subscriber<? super T> target, SubscribedSpan span) {
            this.target = target;
            this.span = span;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
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
            Flow.Subscription known = source;
            if (known != null) {
                try (Scope scope = span.inside().activate()) {
                    known.request(count);
                }
            }
        }

        @Override
        public void cancel() {
            span.cancel();
            Flow.Subscription known = source;
            if (known != null) {
                try (Scope scope = span.inside().activate()) {
                    known.cancel();
                }
            }
        }
    }
}
