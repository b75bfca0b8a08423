package io.spanloom.e2e.real;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service in a process of its own, which says {@code listening PORT} when it does. */
final class Service implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("(?m)listening .*?(\\d+)\\s*$");
    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Process process;
    private final Path log;
    private final int port;

    private Service(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    static Service start(String name, List<String> command, Map<String, String> environment) throws Exception {
        Path log = Files.createTempFile(Path.of("target"), name + "-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> all = builder.environment();
        all.keySet().removeIf(key -> key.startsWith("AWS_") || key.startsWith("OTEL_") || key.startsWith("TRACING_"));
        all.putAll(environment);
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (System.nanoTime() - end < 0 && process.isAlive()) {
            int port = port(log);
            if (port > 0) {
                return new Service(process, log, port);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        process.destroyForcibly();
        throw new AssertionError(name + " does not start:\n" + Files.readString(log));
    }

    private static int port(Path log) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(log)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.find()) {
                    return Integer.parseInt(matcher.group(1));
                }
            }
        }
        return 0;
    }

    static Service java(String daemon, Map<String, String> more) throws Exception {
        return start("java", Installed.java(RelayService.class), RelayService.environment(daemon, more));
    }

    static Service python(String daemon) throws Exception {
        return python(daemon, Map.of());
    }

    static Service python(String daemon, Map<String, String> more) throws Exception {
        return start(
                "python",
                List.of(
                        Installed.python(),
                        Path.of("real", "python", "relay.py").toString(),
                        "python"),
                with(Map.of("AWS_XRAY_DAEMON_ADDRESS", daemon), more));
    }

    static Service node(String daemon) throws Exception {
        return node(daemon, Map.of());
    }

    static Service node(String daemon, Map<String, String> more) throws Exception {
        return start(
                "node",
                List.of(Installed.node(), Path.of("real", "node", "relay.js").toString(), "node"),
                with(Map.of("AWS_XRAY_DAEMON_ADDRESS", daemon, "NODE_PATH", Installed.nodeModules()), more));
    }

    /** With OpenTelemetry's SDK of that language, {@code python} or {@code node}. */
    static Service openTelemetry(String name, String otlp, String propagators) throws Exception {
        Map<String, String> environment = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://" + otlp,
                "OTEL_PROPAGATORS",
                propagators,
                "NODE_PATH",
                Installed.nodeModules());
        String program = name.equals("python") ? Installed.python() : Installed.node();
        Path script = Path.of("real", name, "otel_relay." + (name.equals("python") ? "py" : "js"));
        return start(name, List.of(program, script.toString(), name), environment);
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
