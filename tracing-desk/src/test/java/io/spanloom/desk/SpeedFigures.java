package io.spanloom.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How fast the runnable jar is, from outside; run by {@code src/test/speed/run}. Not a test: figures need an idle machine. */
final class SpeedFigures {
    private static final int RATE = 20_000;
    private static final int SECONDS = 10;
    private static final String HEADER = "{\"format\":\"json\",\"version\":1}\n";
    private static final List<String> FILTERS = List.of(
            "",
            "fault",
            "service(\"svc7\") { fault }",
            "annotation.user = \"user77\"",
            "http.url CONTAINS \"/api/99\" AND responsetime > 1",
            "edge(\"svc3\", id(type: \"AWS::DynamoDB\")) { fault }",
            "rootcause.fault.entity { name = \"DynamoDB\" }");

    private static boolean missed;

    private SpeedFigures() {}

    /** @param args the jar, and the core that the desk is to have */
    public static void main(String[] args) throws Exception {
        String jar = args[0];
        String core = args[1];
        startUp(jar);
        intake(jar, core);
        questions(jar);
        System.exit(missed ? 1 : 0);
    }

    private static void startUp(String jar) throws Exception {
        long[] millis = new long[5];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            try (Desk desk = new Desk(List.of(), jar)) {
                millis[i] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                desk.ready();
            }
        }
        Arrays.sort(millis);
        report("start-up until the addresses are printed, median of 5", millis[2], "ms", 1_000);
    }

    private static void intake(String jar, String core) throws Exception {
        try (Desk desk = new Desk(List.of("taskset", "-c", core), jar, "-Xmx300m")) {
            // Once for the JIT, as any service has it after its first seconds.
            send(desk, 0, RATE * 3, RATE / 4);
            long before = desk.stats().path("SegmentsReceivedCount").asLong();
            long cpu = desk.cpuMillis();
            long start = System.nanoTime();
            send(desk, RATE * 3, RATE * SECONDS, RATE);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            JsonNode stats = desk.settled();
            long received = stats.path("SegmentsReceivedCount").asLong() - before;
            System.out.printf(
                    Locale.ROOT,
                    "sent %,d documents in %,d ms on core %s; received %,d, spillover %s, processor time %,d ms, heap bound"
                            + " 300 MB, resident %,d MB%n",
                    RATE * SECONDS,
                    took,
                    core,
                    received,
                    stats.path("SegmentsSpilloverCount").asText(),
                    desk.cpuMillis() - cpu,
                    desk.residentMegabytes());
            report("documents lost at 20,000 a second", RATE * SECONDS - received, "", 1);
            System.out.printf(
                    Locale.ROOT,
                    "held %,d traces of the default store, %,d evicted%n",
                    stats.at("/traces/held").asLong(),
                    stats.at("/traces/evicted").asLong());
        }
    }

    private static void questions(String jar) throws Exception {
        try (Desk desk = new Desk(List.of(), jar, "-Xmx1g", "--memory", "640")) {
            send(desk, 0, 100_000, RATE / 2);
            long held = desk.settled().at("/traces/held").asLong();
            System.out.printf(Locale.ROOT, "asking a desk of %,d traces%n", held);
            for (String filter : FILTERS) {
                long[] micros = new long[15];
                for (int i = 0; i < micros.length; i++) {
                    long start = System.nanoTime();
                    JsonNode unused = desk.client.get("traces", Map.of("filter", filter, "limit", "100"));
                    micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
                }
                long first = micros[0];
                Arrays.sort(micros);
                report(
                        String.format(Locale.ROOT, "list by '%s' (the first time %d ms)", filter, first / 1_000),
                        micros[micros.length / 2] / 1_000,
                        "ms",
                        100);
            }
            // A filter that finds nothing looks at every trace.
            long[] micros = new long[15];
            for (int i = 0; i < micros.length; i++) {
                long start = System.nanoTime();
                JsonNode unused = desk.client.get("traces", Map.of("filter", "annotation.user = \"nobody\""));
                micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
            }
            Arrays.sort(micros);
            report("a filter that finds nothing", micros[7] / 1_000, "ms", 100);
        }
    }

    private static void report(String what, long figure, String unit, long limit) {
        boolean good = figure < limit;
        missed |= !good;
        System.out.printf(
                Locale.ROOT,
                "%-4s %s: %,d %s (allowed: less than %,d)%n",
                good ? "ok" : "MISS",
                what,
                figure,
                unit,
                limit);
    }

    private static void send(Desk desk, int from, int count, int rate) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(desk.xray);
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                channel.write(ByteBuffer.wrap((HEADER + document(from + i)).getBytes(StandardCharsets.UTF_8)));
                // In steps of a millisecond.
                long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
                while (due - System.nanoTime() > TimeUnit.MILLISECONDS.toNanos(1)) {
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
                }
            }
        }
    }

    private static String document(int i) {
        return StoreFigures.document(i);
    }

    /** The jar in a process of its own. */
    private static final class Desk implements AutoCloseable {
        private final Process process;
        private final InetSocketAddress xray;
        private final DeskClient client;

        Desk(List<String> before, String jar, String... options) throws IOException {
            List<String> command = new ArrayList<>(before);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            List<String> own = new ArrayList<>();
            for (String option : options) {
                (option.startsWith("-X") ? command : own).add(option);
            }
            command.addAll(List.of(
                    "-jar",
                    jar,
                    "serve",
                    "--json",
                    "--xray",
                    "127.0.0.1:0",
                    "--otlp",
                    "127.0.0.1:0",
                    "--http",
                    "127.0.0.1:0"));
            command.addAll(own);
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            JsonNode addresses = new ObjectMapper().readTree(String.valueOf(out.readLine()));
            xray = Addresses.parse(addresses.path("xray").asText());
            client = new DeskClient(Addresses.parse(addresses.path("http").asText()));
            Thread reader = new Thread(() -> out.lines().forEach(line -> {}), "reader");
            reader.setDaemon(true);
            reader.start();
        }

        void ready() {
            JsonNode unused = stats();
        }

        JsonNode stats() {
            return client.get("stats", Map.of());
        }

        /** Once nothing more is being read. */
        JsonNode settled() throws InterruptedException {
            JsonNode last = stats();
            for (int same = 0; same < 4; ) {
                Thread.sleep(500);
                JsonNode now = stats();
                boolean still = now.path("SegmentsReceivedCount").equals(last.path("SegmentsReceivedCount"))
                        && now.at("/traces/waiting").asInt() == 0;
                same = still ? same + 1 : 0;
                last = now;
            }
            return last;
        }

        long cpuMillis() {
            return process.info()
                    .totalCpuDuration()
                    .map(java.time.Duration::toMillis)
                    .orElse(0L);
        }

        long residentMegabytes() throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
                if (line.startsWith("VmHWM")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024;
                }
            }
            return 0;
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
