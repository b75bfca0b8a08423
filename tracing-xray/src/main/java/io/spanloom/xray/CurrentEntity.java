package io.spanloom.xray;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.ThreadLocalStorage;
import com.amazonaws.xray.contexts.LambdaSegmentContext;
import com.amazonaws.xray.contexts.SegmentContext;
import com.amazonaws.xray.contexts.SegmentContextResolverChain;
import com.amazonaws.xray.contexts.ThreadLocalSegmentContext;
import com.amazonaws.xray.entities.Entity;
import org.jspecify.annotations.Nullable;

/**
 * What is current on this thread. The recorder's answer is the truth, so that its other instrumentation nests above and
 * below our spans.
 */
final class CurrentEntity {

    /** No chain of open spans is longer; a longer one is a cycle that somebody's entities form. */
    static final int LONGEST_CHAIN = 10_000;

    /**
     * The chain of contexts that was asked last, and what it answered with.
     *
     * @param plain whether that is the SDK's own thread-local
     * @param lambda whether that is the SDK's context of AWS Lambda
     */
    private record Contexts(@Nullable SegmentContextResolverChain chain, boolean plain, boolean lambda) {}

    private static volatile Contexts known = new Contexts(null, false, false);

    private CurrentEntity() {}

    @SuppressWarnings("deprecation") // the store that the SDK's own context uses has no other door
    static @Nullable Entity get(AWSXRayRecorder recorder) {
        return isPlain(recorder) ? ThreadLocalStorage.get() : recorder.getTraceEntity();
    }

    /**
     * Whether what is current is in the SDK's own thread-local. Asked once per chain: the chain makes two objects (48 B)
     * each time it is asked, and which context it answers with is a matter of where the program runs. Who brings contexts
     * of his own, as AWS's agent does, sets a chain of his own.
     */
    private static boolean isPlain(AWSXRayRecorder recorder) {
        return contexts(recorder).plain;
    }

    private static Contexts contexts(AWSXRayRecorder recorder) {
        SegmentContextResolverChain chain = recorder.getSegmentContextResolverChain();
        Contexts last = known;
        if (last.chain != chain) {
            SegmentContext context = chain == null ? null : chain.resolve();
            last = new Contexts(
                    chain,
                    context != null && context.getClass() == ThreadLocalSegmentContext.class,
                    context instanceof LambdaSegmentContext);
            known = last;
        }
        return last;
    }

    /** The current entity, leaving behind our spans that another thread has ended. */
    static @Nullable Entity live(AWSXRayRecorder recorder) {
        Entity found = get(recorder);
        Entity live = found;
        XRaySpan ours = SpanEntity.spanOf(live);
        while (ours != null && ours.isStale()) {
            live = ours.before();
            ours = SpanEntity.spanOf(live);
        }
        if (live != null && isLambda(recorder)) {
            live = LambdaFacade.ofThisInvocation(live);
        }
        if (live != found) {
            set(recorder, live);
        }
        return live;
    }

    /**
     * Makes an entity current; null clears, because the recorder's listeners hear of a clear and not of a null.
     *
     * <p>With the SDK's own context, all that its {@code setTraceEntity} does is to tell the listeners and to store; both are
     * done here, because the SDK opens two streams over the list of listeners even where it is empty, and does not store
     * where one of them throws.
     */
    @SuppressWarnings("deprecation") // the store that the SDK's own context uses has no other door
    static void set(AWSXRayRecorder recorder, @Nullable Entity entity) {
        if (isPlain(recorder)) {
            if (!recorder.getSegmentListeners().isEmpty()) {
                Listeners.switched(recorder, ThreadLocalStorage.get(), entity);
            }
            if (entity == null) {
                ThreadLocalStorage.clear();
            } else {
                ThreadLocalStorage.set(entity);
            }
        } else if (entity == null) {
            recorder.clearTraceEntity();
        } else {
            recorder.setTraceEntity(entity);
        }
    }

    /** Whether this is the SDK's context of AWS Lambda, which casts what is current to a subsegment: no segment may be. */
    static boolean isLambda(AWSXRayRecorder recorder) {
        return contexts(recorder).lambda;
    }

    /** Restores what was current before a span, unless the span is no longer in the chain of what is current. */
    static void leave(AWSXRayRecorder recorder, XRaySpan span) {
        Entity next = get(recorder);
        for (int i = 0; next != null && i < LONGEST_CHAIN; i++) {
            XRaySpan ours = SpanEntity.spanOf(next);
            if (ours == span) {
                set(recorder, span.before());
                return;
            }
            next = ours != null ? ours.previous : next.getParent();
        }
    }
}
