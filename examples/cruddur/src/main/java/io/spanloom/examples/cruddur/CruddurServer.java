package io.spanloom.examples.cruddur;

import com.sun.net.httpserver.HttpServer;
import io.spanloom.http.TracingServerFilter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** One running instance: its database and its port. */
final class CruddurServer implements AutoCloseable {

    private static final int THREADS = 16;

    /** How long requests that are being answered may take when the server stops, in seconds. */
    private static final int GRACE = 1;

    private final HttpServer http;
    private final ExecutorService executor;
    private final Database database;

    private CruddurServer(HttpServer http, ExecutorService executor, Database database) {
        this.http = http;
        this.executor = executor;
        this.database = database;
    }

    /** @param profiles where the service {@code profiles} is; null for this very server */
    static CruddurServer start(InetSocketAddress address, @Nullable URI profiles) throws IOException, SQLException {
        HttpServer http = HttpServer.create(address, 0);
        Database database = Database.open();
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        CruddurServer server = new CruddurServer(http, executor, database);
        http.setExecutor(executor);
        Routes routes = new Routes(
                new ActivityRepository(database),
                new ProfileRepository(database),
                new ProfilesClient(profiles == null ? server.uri() : profiles));
        http.createContext("/", new RequestHandler(routes))
                .getFilters()
                .add(new TracingServerFilter(
                        exchange -> routes.match(exchange.getRequestMethod(), exchange.getRequestURI())
                                .route()
                                .template()));
        http.start();
        return server;
    }

    /** Where it really listens, as its clients write it. */
    URI uri() {
        InetSocketAddress address = http.getAddress();
        String host = address.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    @Override
    public void close() throws SQLException {
        http.stop(GRACE);
        executor.shutdown();
        database.close();
    }
}
