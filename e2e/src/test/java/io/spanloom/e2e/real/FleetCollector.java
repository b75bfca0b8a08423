package io.spanloom.e2e.real;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A collector with a file of docs/scaling-out as it is, on a host of its own: an address of the loopback network, on which its
 * ports are free.
 */
final class FleetCollector implements AutoCloseable {

    private static final Path FILES = Path.of("..", "docs", "scaling-out");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int[] TCP = {2000, 4317, 4318, 8888, 13133};

    private final String address;
    private final String file;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;

    /**
     * Starts one; {@link #ready} waits for it.
     *
     * @param file {@code agent.yml} or {@code gateway.yml}
     */
    FleetCollector(String file, String address, Map<String, String> more) throws IOException {
        this.file = file;
        this.address = address;
        log = Files.createTempFile(Path.of("target"), file + "-", ".log");
        environment = new HashMap<>(more);
        environment.put("LISTEN", address);
        environment.put("AWS_REGION", "eu-west-1");
        environment.put("AWS_ACCESS_KEY_ID", "none");
        environment.put("AWS_SECRET_ACCESS_KEY", "none");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        startAgain();
    }

    /** Of the network 127.0.0.0/8 one on which nobody listens where a collector will. */
    static String freeAddress() {
        while (true) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            String address = "127." + random.nextInt(1, 255) + "." + random.nextInt(255) + "." + random.nextInt(1, 255);
            if (isFree(address)) {
                return address;
            }
        }
    }

    private static boolean isFree(String address) {
        try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(address, 2000))) {
            for (int port : TCP) {
                try (ServerSocket tcp = new ServerSocket()) {
                    tcp.bind(new InetSocketAddress(address, port));
                }
            }
            return udp.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    void startAgain() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Installed.collector(), "--config", FILES.resolve(file).toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("OTEL_"));
        builder.environment().putAll(environment);
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Waits until its health check says so. */
    FleetCollector ready() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() - end < 0 && process.isAlive()) {
            try {
                if (get("http://" + address + ":13133/").statusCode() == 200) {
                    return this;
                }
            } catch (IOException notYet) {
                // Its process is alive still.
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError(file + " does not start: " + Files.readString(log));
    }

    /** As a container is stopped: it may end what it has begun. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** As a host dies. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * What it has counted: the sum of all rows of a metric, or of those with a label; -1 while it is away.
     *
     * @param metric without {@code otelcol_} and {@code _total}
     * @param label such as {@code receiver="otlp"}
     */
    double counted(String metric, String label) {
        Pattern row = Pattern.compile("otelcol_" + metric + "(_total)?(\\{[^}]*" + Pattern.quote(label) + "[^}]*}|(?="
                + label + " )) (\\S+)");
        try {
            return get("http://" + address + ":8888/metrics")
                    .body()
                    .lines()
                    .map(row::matcher)
                    .filter(Matcher::matches)
                    .mapToDouble(found -> Double.parseDouble(found.group(3)))
                    .sum();
        } catch (IOException | InterruptedException away) {
            return -1;
        }
    }

    double counted(String metric) {
        return counted(metric, "");
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    String address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
