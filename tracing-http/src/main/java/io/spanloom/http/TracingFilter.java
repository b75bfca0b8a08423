package io.spanloom.http;

import io.spanloom.Http;
import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.Tracing;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes every request to a servlet container a segment.
 *
 * <pre>{@code
 * FilterRegistration.Dynamic tracing = context.addFilter("tracing", new TracingFilter());
 * tracing.setAsyncSupported(true);
 * tracing.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
 * }</pre>
 *
 * <p>The trace that the request's headers name goes on; method, URL, user agent, client and status are recorded, and the
 * answer says which trace it was. The operation is named after the route where Spring MVC tells it, else after the
 * servlet's mapping, else after the method alone.
 *
 * <p>A request is one segment, however often it is forwarded, included, dispatched to an error page or dispatched again: it
 * ends when the container has completed an asynchronous request. What the servlet throws goes on unchanged. Request and
 * response are handed on as they are, neither wrapped nor buffered. Stateless; register it first, so that what other filters
 * do is seen, too.
 */
public final class TracingFilter implements Filter {

    /** Where Spring MVC leaves the pattern of the handler that it chose. */
    private static final String SPRING_ROUTE = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

    private static final String EXCHANGE = TracingFilter.class.getName() + ".exchange";

    /** For {@code web.xml} and for containers: what can be set is configuration. */
    public TracingFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
        } else if (request.getAttribute(EXCHANGE) instanceof ServletExchange known) {
            again(known, http, response, chain);
        } else {
            first(http, answer, chain);
        }
    }

    /** Forwarded, included, or filtered twice: the span is current anyway. Dispatched on another thread: it is made so. */
    private static void again(
            ServletExchange exchange, HttpServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() != DispatcherType.ASYNC) {
            chain.doFilter(request, response);
            return;
        }
        Scope scope = exchange.activate();
        try {
            chain.doFilter(request, response);
        } catch (Throwable failure) {
            exchange.failed(failure);
            throw failure;
        } finally {
            scope.close();
            exchange.named(route(request));
        }
    }

    private static void first(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Span span = start(request, response);
        if (span == Span.noop()) {
            chain.doFilter(request, response);
            return;
        }
        ServletExchange exchange = new ServletExchange(span, request.getMethod(), response);
        request.setAttribute(EXCHANGE, exchange);
        Throwable thrown = null;
        try {
            chain.doFilter(request, response);
        } catch (Throwable failure) {
            thrown = failure;
            throw failure;
        } finally {
            exchange.named(route(request));
            exchange.returned(request, thrown);
        }
    }

    private static Span start(HttpServletRequest request, HttpServletResponse response) {
        try {
            HttpSettings settings = HttpSettings.current();
            if (!Tracing.isEnabled() || settings.excludes(path(request))) {
                return Span.noop();
            }
            return IncomingRequest.start(
                    OperationName.of(request.getMethod(), mapping(request)),
                    described(request, settings),
                    request,
                    HttpServletRequest::getHeader,
                    response,
                    HttpServletResponse::setHeader);
        } catch (Throwable refusal) {
            Guard.refused("describe a request", refusal);
            return Span.noop();
        }
    }

    private static String path(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static Http.Request described(HttpServletRequest request, HttpSettings settings) {
        String host = request.getHeader("Host");
        String named = host != null && !host.isEmpty() ? host : request.getServerName() + ":" + request.getServerPort();
        return ClientAddress.on(
                Http.request(
                                request.getMethod(),
                                RecordedUrl.of(
                                        request.getScheme(),
                                        named,
                                        path(request),
                                        request.getQueryString(),
                                        settings.query()))
                        .userAgent(request.getHeader("User-Agent")),
                request.getHeader("X-Forwarded-For"),
                request.getRemoteAddr(),
                settings);
    }

    /** The pattern by which the servlet was chosen, where it says more than "everything". */
    private static @Nullable String mapping(HttpServletRequest request) {
        HttpServletMapping mapping = request.getHttpServletMapping();
        String pattern = mapping == null ? null : mapping.getPattern();
        return pattern == null || !pattern.startsWith("/") || pattern.equals("/") || pattern.equals("/*")
                ? null
                : request.getContextPath() + pattern;
    }

    private static @Nullable String route(HttpServletRequest request) {
        Object pattern = request.getAttribute(SPRING_ROUTE);
        return pattern == null ? null : request.getContextPath() + pattern;
    }
}
