package io.spanloom.http;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** One request on its way through the container, to its end on whatever thread. Never throws. */
final class ServletExchange implements AsyncListener {

    private final Span span;
    private final TraceContext context;
    private final @Nullable String method;
    private final HttpServletResponse response;
    private volatile @Nullable Throwable failure;

    ServletExchange(Span span, @Nullable String method, HttpServletResponse response) {
        this.span = span;
        this.context = Tracing.capture();
        this.method = method;
        this.response = response;
    }

    Scope activate() {
        return context.activate();
    }

    void failed(Throwable thrown) {
        failure = thrown;
    }

    void named(@Nullable String route) {
        if (route != null && span.isRecording()) {
            span.operation(OperationName.of(method, route));
        }
    }

    /** The container's thread comes back: the request is answered, or goes on elsewhere. */
    void returned(HttpServletRequest request, @Nullable Throwable thrown) {
        if (thrown == null && isGoingOn(request)) {
            span.detach();
        } else {
            end(thrown);
        }
    }

    private boolean isGoingOn(HttpServletRequest request) {
        try {
            if (!request.isAsyncStarted()) {
                return false;
            }
            request.getAsyncContext().addListener(this);
            return true;
        } catch (IllegalStateException completed) {
            return false;
        } catch (Throwable refusal) {
            Guard.refused("follow an asynchronous request", refusal);
            return false;
        }
    }

    private void end(@Nullable Throwable thrown) {
        try {
            if (span.isRecording()) {
                OutgoingCall.answered(span, status(thrown), response.getHeader("Content-Length"));
            }
        } catch (Throwable refusal) {
            Guard.refused("describe an answer", refusal);
        } finally {
            span.close(thrown);
        }
    }

    /** The container turns what is thrown into a status only after this. */
    private int status(@Nullable Throwable thrown) {
        int status = response.getStatus();
        if (thrown == null || status >= 400 || response.isCommitted()) {
            return status;
        }
        return thrown instanceof UnavailableException unavailable && !unavailable.isPermanent() ? 503 : 500;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end(failure != null ? failure : event.getThrowable());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        span.event("timeout");
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable thrown = event.getThrowable();
        if (thrown != null) {
            failure = thrown;
        }
    }

    /** A new cycle forgets the listeners of the one before. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        try {
            event.getAsyncContext().addListener(this);
        } catch (Throwable refusal) {
            Guard.refused("follow an asynchronous request", refusal);
            end(null);
        }
    }
}
