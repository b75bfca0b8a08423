package io.spanloom.http;

import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Logs each request to a servlet container in one line: client, method, scheme, path, status.
 *
 * <p>To the logger {@code io.spanloom.http.requests}, as information. Map it behind {@link TracingFilter}: the line then has
 * the trace's ids in the MDC ({@code tracing.log.mdc}). An asynchronous request is logged when it is completed. What the
 * servlet throws goes on unchanged, and is logged with status 500 where the answer has not been sent.
 */
public final class RequestLogFilter implements Filter {

    /** For {@code web.xml} and for containers: nothing is to be set. */
    public RequestLogFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse answer)
                || request.getDispatcherType() != DispatcherType.REQUEST) {
            chain.doFilter(request, response);
            return;
        }
        Entry entry = entry(http, answer);
        boolean failed = true;
        try {
            chain.doFilter(request, response);
            failed = false;
        } finally {
            if (entry != null) {
                entry.returned(http, failed);
            }
        }
    }

    /** As it came: a forward changes what the request says. */
    private static @Nullable Entry entry(HttpServletRequest request, HttpServletResponse response) {
        try {
            return new Entry(request, response);
        } catch (Throwable refusal) {
            Guard.refused("log a request", refusal);
            return null;
        }
    }

    private static final class Entry implements AsyncListener {
        private final String client;
        private final String method;
        private final String scheme;
        private final String path;
        private final @Nullable String query;
        private final HttpServletResponse response;
        private final TraceContext context = Tracing.capture();

        Entry(HttpServletRequest request, HttpServletResponse response) {
            client = request.getRemoteAddr();
            method = request.getMethod();
            scheme = request.getScheme();
            path = request.getRequestURI();
            query = request.getQueryString();
            this.response = response;
        }

        void returned(HttpServletRequest request, boolean failed) {
            try {
                if (!failed && request.isAsyncStarted()) {
                    request.getAsyncContext().addListener(this);
                    return;
                }
            } catch (IllegalStateException completed) {
                // it is logged now, then
            } catch (Throwable refusal) {
                Guard.refused("follow an asynchronous request", refusal);
            }
            log(failed);
        }

        private void log(boolean failed) {
            try {
                int status = response.getStatus();
                boolean untold = failed && status < 400 && !response.isCommitted();
                RequestLine.log(client, method, scheme, path, query, untold ? 500 : status);
            } catch (Throwable refusal) {
                Guard.refused("log a request", refusal);
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            context.run(() -> log(false));
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            try {
                event.getAsyncContext().addListener(this);
            } catch (Throwable refusal) {
                Guard.refused("follow an asynchronous request", refusal);
                context.run(() -> log(false));
            }
        }
    }
}
