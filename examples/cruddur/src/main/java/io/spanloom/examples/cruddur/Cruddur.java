package io.spanloom.examples.cruddur;

import io.spanloom.Tracing;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service.
 *
 * <pre>{@code java -javaagent:tracing-agent.jar -jar cruddur.jar --port 0 --profiles http://127.0.0.1:4711}</pre>
 */
public final class Cruddur {

    private static final Logger LOG = LoggerFactory.getLogger(Cruddur.class);

    private Cruddur() {}

    public static void main(String[] args) throws IOException, SQLException {
        Options options;
        try {
            options = Options.parse(args, System.getenv());
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.println(Options.USAGE);
            System.exit(2);
            return;
        }
        if (options.service() != null) {
            // As if it had been given by -Dtracing.service: before the first span, which sets tracing up.
            System.setProperty("tracing.service", options.service());
        }
        try {
            run(options);
        } catch (BindException taken) {
            System.err.println("cannot listen on " + options.host() + ":" + options.port() + ": " + taken.getMessage());
            System.exit(1);
        }
    }

    private static void run(Options options) throws IOException, SQLException {
        // Set up now, and said in the log: the first request would otherwise have to wait for it.
        if (!Tracing.isEnabled()) {
            LOG.info("tracing is off");
        }
        CloudWatchLog sent = options.logGroup() == null
                ? null
                : CloudWatchLog.open(options.logGroup(), Tracing.config().service());
        CruddurServer server =
                CruddurServer.start(new InetSocketAddress(options.host(), options.port()), options.profiles());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, sent), "cruddur-shutdown"));
        LOG.info("listening on {}", server.uri());
    }

    private static void stop(CruddurServer server, @Nullable CloudWatchLog sent) {
        try {
            server.close();
            LOG.info("stopped");
        } catch (SQLException failed) {
            LOG.warn("the database could not be closed", failed);
        }
        if (sent != null) {
            sent.close();
        }
    }
}
