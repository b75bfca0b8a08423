package io.spanloom.http;

import io.spanloom.CarrierGetter;
import io.spanloom.CarrierSetter;
import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * For adapters to servers whose requests go from thread to thread: a request that is kept with the server's own, made
 * current wherever the server goes on with it, and ended where it is answered.
 *
 * <pre>{@code
 * PendingRequest request = PendingRequest.start("GET", url, peer, headers, Headers::get);
 * worker.execute(() -> request.call(handler));
 * // and when the answer is there, on whichever thread
 * request.named("/api/items/{id}");
 * request.answered(200, null);
 * request.end(null);
 * }</pre>
 *
 * <p>Any thread may call any method, any number of times; what comes after {@link #end} does nothing. Nothing here throws but
 * what the task of {@link #call} throws. While tracing is off, and for a path of {@code tracing.http.exclude}, nothing happens.
 */
public final class PendingRequest {

    private static final Scope LEFT_AS_IT_IS = () -> {};

    private final String method;
    private final Span span;
    private final TraceContext trace;

    private PendingRequest(String method, Span span) {
        this.method = method;
        this.span = span;
        this.trace = Tracing.capture();
        span.detach();
    }

    /**
     * Starts a request's segment, below the trace that its headers name. It is current nowhere yet.
     *
     * @param url the full URL; recorded as {@code tracing.http.query} says
     * @param peer the address that holds the connection
     */
    public static <I> PendingRequest start(
            String method, String url, @Nullable String peer, I headers, CarrierGetter<I> getter) {
        return new PendingRequest(
                method, IncomingRequests.start(method, url, peer, headers, getter, headers, (none, name, value) -> {}));
    }

    /** Its span; one that does nothing where it is not traced. */
    public Span span() {
        return span;
    }

    /**
     * Makes the request current on this thread until the scope is closed on this thread. Where a span of its trace is
     * current already, that stays current: servers restore what they know on the same thread, too.
     */
    public Scope activate() {
        return isCurrent() ? LEFT_AS_IT_IS : trace.activate();
    }

    /** Calls the task with the request current, as {@link #activate} does. */
    public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
        return isCurrent() ? task.call() : trace.call(task);
    }

    private boolean isCurrent() {
        return span == Span.noop() || Tracing.current().traceId().equals(span.traceId());
    }

    /** Names the operation after the route, where the server has found it. */
    public void named(String route) {
        IncomingRequests.named(span, method, route);
    }

    /** Writes to the answer's headers which trace it was, as {@link Tracing#answer} does. */
    public <O> void answer(O headers, CarrierSetter<O> setter) {
        Tracing.answer(span, headers, setter);
    }

    /** Records the answer. @param contentLength the header as it came, whatever it holds; null where there is none */
    public void answered(int status, @Nullable String contentLength) {
        IncomingRequests.answered(span, status, contentLength);
    }

    /** Ends the segment, with what the request failed with; null for nothing. */
    public void end(@Nullable Throwable thrown) {
        span.close(thrown);
    }

    /** Ends the segment of a request that its client gave up: with the annotation {@code cancelled}, and no fault. */
    public void cancel() {
        span.annotation("cancelled", true).close();
    }
}
