package io.spanloom.benchmarks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.MappingMatch;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a container hands to a filter, without a container: constant, and as cheap as can be. */
final class StubServlet implements FilterChain {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response) {
        ((HttpServletResponse) response).setStatus(200);
    }

    /** Of what is not overridden nothing is asked. */
    private static <T> T nobody(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(StubServlet.class.getClassLoader(), new Class<?>[] {type}, (p, m, a) -> {
                    throw new UnsupportedOperationException(m.toString());
                }));
    }

    /** A request of Cruddur's. */
    static final class Request extends HttpServletRequestWrapper {

        private static final HttpServletMapping MAPPING = new Mapping();

        private final Map<String, Object> attributes = new HashMap<>();

        Request() {
            super(nobody(HttpServletRequest.class));
        }

        /** A container's request begins without attributes. */
        void begin() {
            attributes.clear();
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return attributes.get(name);
        }

        @Override
        public void setAttribute(String name, Object value) {
            attributes.put(name, value);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return switch (name) {
                case "Host" -> "cruddur.example";
                case "User-Agent" -> "curl/8";
                default -> null;
            };
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getScheme() {
            return "http";
        }

        @Override
        public String getRequestURI() {
            return "/api/activities/home";
        }

        @Override
        public @Nullable String getQueryString() {
            return null;
        }

        @Override
        public String getRemoteAddr() {
            return "127.0.0.1";
        }

        @Override
        public String getContextPath() {
            return "";
        }

        @Override
        public HttpServletMapping getHttpServletMapping() {
            return MAPPING;
        }

        @Override
        public DispatcherType getDispatcherType() {
            return DispatcherType.REQUEST;
        }

        @Override
        public boolean isAsyncStarted() {
            return false;
        }
    }

    /** Everything goes to one servlet, as Spring's does. */
    private record Mapping() implements HttpServletMapping {
        @Override
        public String getMatchValue() {
            return "";
        }

        @Override
        public String getPattern() {
            return "/";
        }

        @Override
        public String getServletName() {
            return "servlet";
        }

        @Override
        public MappingMatch getMappingMatch() {
            return MappingMatch.DEFAULT;
        }
    }

    /** An answer that forgets its headers. */
    static final class Response extends HttpServletResponseWrapper {

        private int status = 200;

        Response() {
            super(nobody(HttpServletResponse.class));
        }

        @Override
        public void setStatus(int value) {
            status = value;
        }

        @Override
        public int getStatus() {
            return status;
        }

        @Override
        public void setHeader(String name, String value) {}

        @Override
        public @Nullable String getHeader(String name) {
            return null;
        }

        @Override
        public boolean isCommitted() {
            return true;
        }
    }
}
