package io.spanloom.http;

import io.spanloom.CarrierSetter;
import io.spanloom.Span;
import org.jspecify.annotations.Nullable;

/**
 * For adapters to clients that are not among this module's: a call to another service as all of them describe it.
 *
 * <pre>{@code
 * Span span = OutgoingCalls.start("GET", uri.getHost(), uri.toString());
 * try {
 *     OutgoingCalls.inject(span, headers, Headers::set);
 *     Response response = next.call(request);
 *     OutgoingCalls.answered(span, response.status(), response.header("Content-Length"));
 *     return response;
 * } catch (Throwable failure) {
 *     span.fail(failure);
 *     throw failure;
 * } finally {
 *     span.close();
 * }
 * }</pre>
 *
 * <p>Nothing here throws. The URL is recorded as {@code tracing.http.query} says, without user-info.
 */
public final class OutgoingCalls {

    private OutgoingCalls() {}

    /** Starts a call's span, named after the host; one that does nothing where nothing is current. */
    public static Span start(String method, @Nullable String host, String url) {
        return OutgoingCall.start(method, host, url);
    }

    /** Writes the trace's headers, while the span is current. */
    public static <C> void inject(Span span, C carrier, CarrierSetter<C> setter) {
        OutgoingCall.inject(span, carrier, setter);
    }

    /** Records the answer. @param contentLength 0 or less where it is not known */
    public static void answered(Span span, int status, long contentLength) {
        OutgoingCall.answered(span, status, contentLength);
    }

    /** Records the answer. @param contentLength the header as it came, whatever it holds; null where there is none */
    public static void answered(Span span, int status, @Nullable String contentLength) {
        OutgoingCall.answered(span, status, contentLength);
    }

    /** Ends the span of a call that another thread has finished, with what it failed with; null for nothing. */
    public static void end(Span span, @Nullable Throwable thrown) {
        OutgoingCall.end(span, thrown);
    }
}
