package io.spanloom.spi;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.TracingConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where spans go: one tracing library behind the facade.
 *
 * <p>A backend asks <em>its own library</em> what is current on a thread and makes its spans current there, so that
 * spans of that library's other instrumentation nest above and below ours. {@code BackendContract} in
 * {@code tracing-test} holds what is written here as tests.
 *
 * <p>{@link #start}, {@link #startChild}, {@link #current}, {@link #capture}, {@link #enter}, {@link #leave} and all methods of a span run on the
 * application's threads, amid its own work: they must not block, do I/O or throw. Core guards against a backend that does
 * throw, by going on without a span; against one that blocks there nothing guards. {@link #stats}, {@link #flush} and
 * {@link #close} are called on a thread of core's, which is waited for no longer than was agreed: a second, the time given,
 * three seconds.
 */
public interface Backend extends AutoCloseable {

    /** The backend that does nothing: tracing is off. Always the same object. */
    static Backend none() {
        return NoneBackend.INSTANCE;
    }

    /** The name by which {@code tracing.backend} chooses it. */
    String name();

    /**
     * Starts a span and makes it current on the calling thread.
     *
     * <p>The parent is what the backend's library has current, unless the seed says {@link SpanSeed#newRoot}. Where
     * there is none, a spec placed as {@link SpanSpec.Placement#SUBSEGMENT} gives {@link Span#noop()} (core then does what
     * {@code tracing.context-missing} says), and any other is a root: the backend asks {@link TracingConfig#sampler}
     * unless the seed brings a decision. A child follows its parent's decision. Under an
     * unsampled parent a backend need not make a new span: it may give a shared one whose close does nothing, if what is
     * current stays.
     *
     * <p>Ids are proposed by {@link Ids} (or by the seed) and confirmed by what the span answers to
     * {@link Span#traceId()} and {@link Span#spanId()}: a library that insists on ids of its own has its way.
     *
     * @param seed what is decided already; null where nothing is
     */
    Span start(SpanSpec spec, @Nullable SpanSeed seed);

    /**
     * In a fan-out: starts a child of this backend's own current span before any other backend starts it, with an id that
     * the library draws, which the others then take. For a library that takes ids from outside, but takes its own faster.
     *
     * @return null, with nothing done, where the backend has no preference, as by default, or no recording span of its own
     *     is current; {@link #start} is called then
     */
    default @Nullable Span startChild(SpanSpec spec) {
        return null;
    }

    /**
     * The span that is current on this thread by the backend's library; {@link Span#noop()} where nothing is. A span
     * that other instrumentation opened is given as a handle that records on it and whose close does nothing.
     */
    Span current();

    /** What is current on this thread, as its library's own token, to be handed to {@link #enter} elsewhere. */
    @Nullable
    Object capture();

    /**
     * Makes a captured context current on this thread.
     *
     * @param captured from {@link #capture}; null for "nothing was current"
     * @return what {@link #leave} needs to restore what was current before
     */
    @Nullable
    Object enter(@Nullable Object captured);

    /** Restores exactly what was current before {@link #enter}, whatever happened in between. Same thread. */
    void leave(@Nullable Object entered);

    /**
     * Whether the backend takes the ids and the decision that a seed brings. The one that cannot (it is attached to a
     * library that insists on its own) leads a fan-out, and the others follow it.
     */
    default boolean acceptsIds() {
        return true;
    }

    /** The headers by which this backend's service side passes traces on. */
    default HeaderFormat headerFormat() {
        return HeaderFormat.W3C;
    }

    /** What happened to the spans so far. */
    default BackendStats stats() {
        return BackendStats.NONE;
    }

    /**
     * Waits until what has ended so far is delivered or counted as dropped. At the JVM's end this is all that is called,
     * once or several times: spans that end meanwhile, in the application's own shutdown hooks, still count.
     *
     * @return whether that was so within the time
     */
    default boolean flush(Duration timeout) {
        return true;
    }

    /** Delivers what is queued within two seconds, then lets everything go. Spans still open end harmlessly. */
    @Override
    default void close() {}
}
