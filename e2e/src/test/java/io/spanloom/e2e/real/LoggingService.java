package io.spanloom.e2e.real;

import com.sun.net.httpserver.HttpServer;
import io.spanloom.http.RequestLogServerFilter;
import io.spanloom.http.TracingServerFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service that logs, as Cruddur's does: a line of its own, and one for each request. */
final class LoggingService {

    private static final Logger LOG = LoggerFactory.getLogger("cruddur");

    private LoggingService() {}

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api", exchange -> {
                    LOG.info("two activities");
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                })
                .getFilters()
                .addAll(List.of(new TracingServerFilter(), new RequestLogServerFilter()));
        server.start();
        System.out.println("listening " + server.getAddress().getPort());
    }
}
