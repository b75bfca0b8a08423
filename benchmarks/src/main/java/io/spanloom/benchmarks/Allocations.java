package io.spanloom.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The check of CI: fails where a call allocates more on its thread than {@code allocations.properties} allows.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.spanloom.benchmarks.Allocations benchmarks/allocations.properties
 * }</pre>
 *
 * <p>A case is {@code <method of SpanloomBenchmark or ContextBenchmark>.<backend>}. Each is measured in a JVM of its own, so that the
 * compiler knows one backend only, as in an application. The least of several rounds counts: a compilation or another
 * thread's doing can add to a round, and nothing can take away from it.
 */
public final class Allocations {

    private static final int ROUNDS = 20;
    private static final int INVOCATIONS = 3_000;

    private Allocations() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 2 && args[0].equals("--case")) {
            PrintStream out = System.out;
            System.setOut(System.err); // what the libraries print is not the answer
            out.println(bytesPerCall(args[1]));
            System.exit(0);
        }
        if (args.length != 1) {
            System.err.println("usage: Allocations <allocations.properties>");
            System.exit(2);
        }
        System.exit(check(Path.of(args[0])) ? 0 : 1);
    }

    private static boolean check(Path file) throws IOException, InterruptedException {
        boolean kept = true;
        System.out.printf("%-34s %9s %9s%n", "bytes per call", "allowed", "measured");
        for (Map.Entry<String, Long> allowed : allowed(file).entrySet()) {
            long measured = measured(allowed.getKey());
            boolean over = measured > allowed.getValue();
            System.out.printf(
                    "%-34s %9d %9d%s%n",
                    allowed.getKey(),
                    allowed.getValue(),
                    measured,
                    over ? "  MORE THAN ALLOWED" : measured < allowed.getValue() ? "  (less: lower " + file + ")" : "");
            kept &= !over;
        }
        if (!kept) {
            System.out.println("A call allocates more than it did. If that is meant, say why and raise " + file + ".");
        }
        return kept;
    }

    private static Map<String, Long> allowed(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, Long> allowed = new TreeMap<>();
        properties.forEach((name, bytes) -> allowed.put((String) name, Long.parseLong((String) bytes)));
        return allowed;
    }

    private static long measured(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xbatch", // compiled when due, not when the machine has time for it
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path"),
                Allocations.class.getName(),
                "--case",
                name));
        Path log = Files.createTempFile("allocations", ".log");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(name + " could not be measured:\n" + Files.readString(log));
            }
            return Long.parseLong(answer);
        } finally {
            Files.delete(log);
        }
    }

    private static long bytesPerCall(String name) {
        int dot = name.indexOf('.');
        SpanloomBackend backend = new SpanloomBackend();
        backend.backend = name.substring(dot + 1);
        backend.configure();
        SpanloomRequest request = new SpanloomRequest();
        request.open(backend);
        SpanloomBenchmark benchmark = new SpanloomBenchmark();
        ContextBenchmark context = new ContextBenchmark();
        Runnable invocation = switch (name.substring(0, dot)) {
            case "woven" -> () -> benchmark.woven(request);
            case "wovenTwoCaptures" -> () -> benchmark.wovenTwoCaptures(request);
            case "wovenObject" -> () -> benchmark.wovenObject(request);
            case "wovenLater" -> () -> benchmark.wovenLater(request);
            case "wovenComplete" -> () -> benchmark.wovenComplete(request);
            case "byHand" -> () -> benchmark.byHand(request);
            case "wrapped" -> () -> context.wrapped(request);
            default -> throw new IllegalArgumentException(name);
        };
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < INVOCATIONS; i++) {
                invocation.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return Math.round((double) least / (INVOCATIONS * Work.CALLS));
    }
}
