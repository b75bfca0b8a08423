package io.spanloom.async;

import io.spanloom.Scope;
import io.spanloom.TraceContext;
import io.spanloom.spi.AsyncCall;
import io.spanloom.spi.SubscribedSpan;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.util.context.Context;

/** Stands between a source and its subscriber: ends the span, and keeps what is on either side in its own trace context. */
final class TracedSubscriber<T> implements CoreSubscriber<T>, Subscription, Scannable {

    private final CoreSubscriber<? super T> target;
    private final SubscribedSpan span;
    private final Context context;
    private final boolean single;
    private volatile @Nullable Subscription source;

    private TracedSubscriber(CoreSubscriber<? super T> target, SubscribedSpan span, Context context, boolean single) {
        this.target = target;
        this.span = span;
        this.context = context;
        this.single = single;
    }

    /** @param single whether the source completes with its first element */
    static <T> void subscribe(
            Publisher<? extends T> source, CoreSubscriber<? super T> target, AsyncCall call, boolean single) {
        Context context = target.currentContext();
        Object parent = context.getOrDefault(TraceContext.KEY, null);
        SubscribedSpan span = call.subscribed(parent instanceof TraceContext above ? above : null);
        try (Scope scope = span.inside().activate()) {
            source.subscribe(
                    new TracedSubscriber<T>(target, span, context.put(TraceContext.KEY, span.inside()), single));
        } catch (Throwable thrown) {
            span.end(null, thrown);
            throw thrown;
        }
    }

    @Override
    public Context currentContext() {
        return context;
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
        if (single) {
            span.end(item, null); // its subscriber may go on at once, without waiting for onComplete
        }
        try (Scope scope = span.outside().activate()) {
            target.onNext(item);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        span.end(null, Exceptions.unwrap(thrown));
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

    @Override
    @SuppressWarnings("rawtypes") // as Scannable has it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return source;
        }
        if (key == Attr.ACTUAL) {
            return target;
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
    }
}
