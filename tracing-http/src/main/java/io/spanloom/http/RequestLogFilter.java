package io.spanloom.http;

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

/**
 * Logs each request to a servlet container in one line: client, method, scheme, path, status.
 *
 * <p>To the logger {@code io.spanloom.http.requests}, as information. Map it behind {@link TracingFilter}: the line then has
 * the trace's ids in the MDC ({@code tracing.log.mdc}). An asynchronous request is logged when it is completed. What the
 * servlet throws goes on unchanged, and is logged with status 500 where the answer has not been sent.
 */
public final class RequestLogFilter implements Filter {

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
        boolean failed = true;
        Entry entry = new Entry(http, answer); // as it came: a forward changes what the request says
        try {
            chain.doFilter(request, response);
            failed = false;
        } finally {
            entry.returned(http, failed);
        }
    }

    private static final class Entry implements AsyncListener {
        private final String client;
        private final String method;
        private final String scheme;
        private final String path;
        private final @org.jspecify.annotations.Nullable String query;
        private final HttpServletResponse response;
        private final io.spanloom.TraceContext context = io.spanloom.Tracing.capture();

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
            }
            log(failed && response.getStatus() < 400 && !response.isCommitted() ? 500 : response.getStatus());
        }

        private void log(int status) {
            RequestLine.log(client, method, scheme, path, query, status);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            context.run(() -> log(response.getStatus()));
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
