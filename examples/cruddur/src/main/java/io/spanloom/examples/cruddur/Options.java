package io.spanloom.examples.cruddur;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line and the environment say.
 *
 * @param port 0 takes a free one
 * @param service null leaves it to tracing's own configuration
 * @param profiles where the service {@code profiles} is; null for this very process
 * @param logGroup where the log goes beside the console, in CloudWatch Logs; null for nowhere
 */
record Options(
        String host,
        int port,
        @Nullable String service,
        @Nullable URI profiles,
        @Nullable String logGroup) {

    static final String USAGE = """
            usage: java -javaagent:tracing-agent.jar -jar cruddur.jar [option value]...
              --host      where to listen, or CRUDDUR_HOST            (127.0.0.1)
              --port      where to listen, or CRUDDUR_PORT; 0: any    (8080)
              --profiles  URL of the service profiles, or CRUDDUR_PROFILES   (this process)
              --service   the name in traces, or TRACING_SERVICE      (backend-java)
              --log-group CloudWatch Logs' group for the log, too, or CRUDDUR_LOG_GROUP  (the console alone)
            Where traces go: TRACING_BACKEND=xray | otel | xray,otel | log | none""";

    private static final Set<String> NAMES = Set.of("host", "port", "profiles", "service", "log-group");

    /** @throws IllegalArgumentException with a message for the user */
    static Options parse(String[] args, Map<String, String> environment) {
        var given = new HashMap<String, String>();
        for (String name : NAMES) {
            String value =
                    environment.get("CRUDDUR_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
            if (value != null && !value.isBlank()) {
                given.put(name, value);
            }
        }
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException("option " + args[i] + " needs a value");
            }
            given.put(name, args[i + 1]);
        }
        String profiles = given.get("profiles");
        return new Options(
                given.getOrDefault("host", "127.0.0.1"),
                port(given.getOrDefault("port", "8080")),
                given.get("service"),
                profiles == null ? null : URI.create(profiles),
                given.get("log-group"));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw new IllegalArgumentException("port " + text + " is not allowed; allowed: 0 to 65535");
    }
}
