package io.spanloom.e2e.real;

import io.spanloom.Http;
import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.Sql;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.BackendStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * What a host's collector and a gateway take, for docs/scaling-out.md: no test, run by hand, some three minutes on the loopback.
 *
 * <pre>{@code
 * mvn -q -pl e2e -am -Dquick test -Dtest=FleetFigures -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 */
class FleetFigures {

    static {
        // Else each answer of the stand-in's server waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int SPANS = 5;
    private static final int SECONDS = 6;
    private static final int[] SPANS_PER_SECOND = {1_000, 2_500, 5_000, 10_000, 20_000, 40_000};
    private static final Sql SQL = Sql.on("postgresql", "cruddur").server("postgresql://db:5432");

    /** A host's collector and a gateway, of one core each; what is asked of the gateway is said by its variables. */
    private record Pair(Api api, FleetCollector gateway, FleetCollector agent) implements AutoCloseable {

        static Pair with(Map<String, String> variables) throws Exception {
            Api api = new Api();
            api.keeping = false;
            Map<String, String> all = new HashMap<>(variables);
            all.put("XRAY_ENDPOINT", api.endpoint());
            all.put("GOMAXPROCS", "1");
            FleetCollector gateway = new FleetCollector("gateway.yml", FleetCollector.freeAddress(), all).ready();
            FleetCollector agent = new FleetCollector(
                            "agent.yml",
                            FleetCollector.freeAddress(),
                            Map.of("GATEWAYS", "[" + gateway.address() + ":4317]", "GOMAXPROCS", "1"))
                    .ready();
            return new Pair(api, gateway, agent);
        }

        Scope tracing(String backend) {
            System.setProperty("otel.exporter.otlp.endpoint", "http://" + agent.address() + ":4318");
            System.setProperty("otel.bsp.schedule.delay", "200");
            return Tracing.override(TracingConfig.builder()
                    .alone()
                    .service("load")
                    .backend(backend)
                    .set("tracing.xray.daemon-address", agent.address() + ":2000")
                    .build());
        }

        @Override
        public void close() {
            agent.close();
            gateway.close();
            api.close();
        }
    }

    @Test
    void throughput() throws Exception {
        for (String backend : new String[] {"otel", "xray"}) {
            try (Pair pair = Pair.with(Map.of("KEEP_PERCENT", "0", "DECISION_WAIT", "5s"));
                    Scope tracing = pair.tracing(backend)) {
                load(1_000, 3); // the JVM's own warming up
                settled(pair);
                for (int rate : SPANS_PER_SECOND) {
                    if (!step(pair, backend, rate)) {
                        break;
                    }
                }
            }
        }
    }

    /** False where a tenth was lost, or could not be made so fast. */
    private static boolean step(Pair pair, String backend, int rate) throws Exception {
        BackendStats statsBefore = Tracing.stats();
        double before = settled(pair);
        double agent = cpuSeconds(pair.agent);
        double gateway = cpuSeconds(pair.gateway);
        long overflownBefore = overflown();
        long start = System.nanoTime();
        long made = load(rate, SECONDS);
        double seconds = (System.nanoTime() - start) / 1e9;
        Tracing.flush(Duration.ofSeconds(20));
        double arrived = settled(pair) - before;
        BackendStats stats = Tracing.stats();
        long dropped = stats.droppedTotal() - statsBefore.droppedTotal();
        System.out.printf(
                "%s: %,.0f spans/s; %,d made, dropped by the service %,d, lost behind it %,.0f (refused by the agent %,.0f, by its socket %,d); CPU per 1,000 spans: agent %.1f ms,"
                        + " gateway %.1f ms; memory: agent %d MB, gateway %d MB%n",
                backend,
                made / seconds,
                made,
                backend.equals("xray") ? dropped * SPANS : dropped,
                made - (backend.equals("xray") ? dropped * SPANS : dropped) - arrived,
                pair.agent.counted("receiver_refused_spans"),
                overflown() - overflownBefore,
                (cpuSeconds(pair.agent) - agent) / made * 1e6,
                (cpuSeconds(pair.gateway) - gateway) / made * 1e6,
                residentMegabytes(pair.agent),
                residentMegabytes(pair.gateway));
        return arrived > 0.9 * made && made / seconds > 0.9 * rate;
    }

    @Test
    void memory() throws Exception {
        try (Pair pair = Pair.with(Map.of("KEEP_PERCENT", "0", "DECISION_WAIT", "120s"));
                Scope tracing = pair.tracing("otel")) {
            System.out.printf("memory: 0 spans held, %d MB%n", residentMegabytes(pair.gateway));
            for (int held = 1; held <= 5; held++) {
                load(5_000, 8);
                Tracing.flush(Duration.ofSeconds(20));
                System.out.printf(
                        "memory: %,.0f spans held of %,.0f traces: resident %d MB, heap %,.0f MB%n",
                        settled(pair),
                        pair.gateway.counted("processor_tail_sampling_sampling_traces_on_memory"),
                        residentMegabytes(pair.gateway),
                        pair.gateway.counted("process_runtime_heap_alloc_bytes") / 1e6);
            }
        }
    }

    /** How fast a gateway hands on what it keeps, to an X-Ray that answers after 20 ms. */
    @Test
    void handingOn() throws Exception {
        try (Pair pair = Pair.with(Map.of("KEEP_PERCENT", "100", "DECISION_WAIT", "1s"));
                Scope tracing = pair.tracing("otel")) {
            pair.api.delayMillis = 20;
            load(2_000, 2);
            long start = System.nanoTime();
            long before = pair.api.arrived();
            load(5_000, 10);
            long arrived = pair.api.arrived() - before;
            System.out.printf(
                    "handing on: %,.0f documents/s, %,.0f spans lost by the exporter%n",
                    arrived / ((System.nanoTime() - start) / 1e9), pair.gateway.counted("exporter_send_failed_spans"));
        }
    }

    private static long load(int spansPerSecond, int seconds) {
        long start = System.nanoTime();
        long made = 0;
        long wanted = (long) spansPerSecond * seconds;
        while (made < wanted) {
            long due = Math.min(wanted, (long) ((System.nanoTime() - start) / 1e9 * spansPerSecond));
            for (; made < due; made += SPANS) {
                trace();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(3L * seconds)) {
                break; // this machine cannot make so many
            }
        }
        return made;
    }

    private static void trace() {
        Http.Request request = Http.request("GET", "http://cruddur.example/api/activities/home")
                .userAgent("curl")
                .clientIp("192.0.2.1");
        try (Span span = Tracing.segment("GET /api/activities/home", request, Map.<String, String>of(), Map::get)) {
            span.annotation("page", "home").annotation("user", "andrew");
            for (int i = 1; i < SPANS; i++) {
                Tracing.run(
                        "query",
                        query -> query.sql(SQL.query("select uuid, message from activities where user = ?"))
                                .annotation("rows", 3));
            }
            span.http(Http.response(200).contentLength(1_234));
        }
    }

    /** How many spans have come to the gateway, once no more do. */
    private static double settled(Pair pair) throws InterruptedException {
        double last = -1;
        double now = pair.gateway.counted("receiver_accepted_spans");
        for (int i = 0; i < 30 && now != last; i++) {
            TimeUnit.MILLISECONDS.sleep(1_000);
            last = now;
            now = pair.gateway.counted("receiver_accepted_spans");
        }
        return now;
    }

    /** Datagrams that found their socket's buffer full, of all on this machine. */
    private static long overflown() throws IOException {
        String[] names = {};
        for (String line : Files.readAllLines(Path.of("/proc/net/snmp"))) {
            String[] words = line.split(" ");
            if (words[0].equals("Udp:") && names.length > 0) {
                return Long.parseLong(words[List.of(names).indexOf("RcvbufErrors")]);
            } else if (words[0].equals("Udp:")) {
                names = words;
            }
        }
        return -1;
    }

    private static double cpuSeconds(FleetCollector collector) throws IOException {
        return collector.counted("process_cpu_seconds");
    }

    private static long residentMegabytes(FleetCollector collector) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + collector.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return -1;
    }
}
