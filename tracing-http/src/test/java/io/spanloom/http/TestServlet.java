package io.spanloom.http;

import io.spanloom.Tracing;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a servlet can do with a request. */
@SuppressWarnings("serial")
final class TestServlet extends HttpServlet {

    static final IllegalStateException BOOM = new IllegalStateException("boom");

    /** Lets the first half of {@code /stream} be read before the second is written. */
    volatile CountDownLatch stream = new CountDownLatch(0);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
        String path = included
                ? "/api/ok"
                : request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        switch (path) {
            case "/api/ok" -> {
                Tracing.run("work", span -> {});
                response.getWriter().write("ok");
            }
            case "/api/missing" -> response.sendError(404);
            case "/api/throttled" -> response.setStatus(429);
            case "/api/boom" -> throw BOOM;
            case "/api/forward" -> request.getRequestDispatcher("/api/ok").forward(request, response);
            case "/api/include" -> request.getRequestDispatcher("/api/ok").include(request, response);
            case "/api/spring" ->
                request.setAttribute(
                        "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern", "/api/{id:[0-9]+}/x");
            case "/api/length" -> {
                response.setContentLength(3);
                response.getOutputStream().write(new byte[] {1, 2, 3});
                response.flushBuffer();
            }
            case "/api/stream" -> {
                response.getOutputStream().write('a');
                response.flushBuffer();
                await(stream);
                response.getOutputStream().write('b');
            }
            case "/api/complete" -> {
                AsyncContext async = request.startAsync();
                async.start(Tracing.wrap(() -> {
                    Tracing.run("elsewhere", span -> {});
                    ((HttpServletResponse) async.getResponse()).setStatus(202);
                    async.complete();
                }));
            }
            case "/api/completedAtOnce" -> request.startAsync().complete();
            case "/api/dispatch" -> {
                if (request.getDispatcherType() == DispatcherType.ASYNC) {
                    Tracing.run("dispatched", span -> {});
                    response.getWriter().write("again");
                } else {
                    AsyncContext async = request.startAsync();
                    async.start(async::dispatch);
                }
            }
            case "/api/dispatchedBoom" -> {
                if (request.getDispatcherType() == DispatcherType.ASYNC) {
                    throw BOOM;
                }
                request.startAsync().dispatch();
            }
            case "/api/restarted" -> {
                if (request.getDispatcherType() == DispatcherType.ASYNC) {
                    request.startAsync().complete();
                } else {
                    request.startAsync().dispatch();
                }
            }
            case "/api/timeout" -> request.startAsync().setTimeout(50);
            default -> response.getWriter().write("else");
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("nobody read the first half");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
