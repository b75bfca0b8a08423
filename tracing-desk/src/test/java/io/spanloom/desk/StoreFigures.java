package io.spanloom.desk;

import io.spanloom.desk.filter.Filter;
import io.spanloom.desk.filter.Groups;
import io.spanloom.desk.filter.TraceElement;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Figures of the store, by hand (not a test):
 *
 * <pre>
 * mvn -q -pl tracing-desk -am -Dquick test-compile
 * mvn -q -pl tracing-desk dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -Xmx300m -cp "tracing-desk/target/test-classes:tracing-desk/target/classes:$(cat tracing-desk/target/classpath)" \
 *   io.spanloom.desk.StoreFigures
 * </pre>
 *
 * Arguments, if any: the number of traces (100,000) and the store's bound in MiB (the default store's); 100,000 need 320
 * MiB and {@code -Xmx800m}. A trace is one document: a request and the call it made.
 */
final class StoreFigures {
    private static final List<String> EXPRESSIONS = List.of(
            "",
            "fault",
            "responsetime > 1 AND http.url CONTAINS \"/9\"",
            "service(\"svc7\") { fault }",
            "edge(\"svc7\", \"DynamoDB\") { responsetime > 0.1 }",
            "annotation.user = \"user77\"",
            "rootcause.fault.entity { last and name = \"DynamoDB\" }");

    /** The asking thread's own time: what the rest of the machine does is not the store's doing. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private StoreFigures() {}

    public static void main(String[] args) throws Exception {
        int traces = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        long bound = args.length > 1 ? Long.parseLong(args[1]) << 20 : TraceStore.MAX_WEIGHT;
        Counting counting = new Counting();
        TraceStore store =
                new TraceStore(System::nanoTime, 0, Math.max(traces, TraceStore.MAX_TRACES), bound, counting);
        long start = System.nanoTime();
        for (int i = 0; i < traces; i++) {
            byte[] json = document(i).getBytes(StandardCharsets.UTF_8);
            store.add(SegmentReader.read(json, 0, json.length));
        }
        System.out.printf("read and stored %d documents in %d ms%n", traces, millis(start));
        start = System.nanoTime();
        int held = store.newestFirst().size();
        System.out.printf(
                "held %d, evicted %d; first list %d ms%n", held, counting.read().evicted(), millis(start));
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf("heap %d MB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        for (int round = 0; round < 5; round++) {
            for (String expression : EXPRESSIONS) {
                start = CPU.getCurrentThreadCpuTime();
                Predicate<TraceElement> filter = Filter.parse(expression).bind(Groups.NONE);
                long found = store.newestFirst().stream()
                        .filter(trace -> filter.test(trace.summary()))
                        .count();
                long took = TimeUnit.NANOSECONDS.toMillis(CPU.getCurrentThreadCpuTime() - start);
                System.out.printf("round %d: %4d ms, %6d found by %s%n", round, took, found, expression);
            }
        }
    }

    static String document(int i) {
        return String.format(
                "{\"id\":\"%016x\",\"trace_id\":\"1-%08x-%024x\",\"name\":\"svc%d\",\"start_time\":%d.5,\"end_time\":%d.75,"
                        + "\"fault\":%b,\"http\":{\"request\":{\"url\":\"http://host/api/%d\",\"method\":\"GET\"},"
                        + "\"response\":{\"status\":%d}},\"annotations\":{\"user\":\"user%d\"},\"subsegments\":[{"
                        + "\"id\":\"%016x\",\"name\":\"DynamoDB\",\"namespace\":\"aws\",\"start_time\":%d.5,"
                        + "\"end_time\":%d.7,\"fault\":%b}]}",
                i + 1L,
                1_700_000_000 + i / 100,
                i + 1L,
                i % 20,
                1_700_000_000 + i / 100,
                1_700_000_000 + i / 100 + i % 3,
                i % 50 == 0,
                i,
                i % 50 == 0 ? 500 : 200,
                i % 1000,
                i + (1L << 40),
                1_700_000_000 + i / 100,
                1_700_000_000 + i / 100 + i % 3,
                i % 50 == 0);
    }

    private static long millis(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
