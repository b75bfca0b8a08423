package io.spanloom.e2e.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.e2e.parity.ProgramRun.Started;
import io.spanloom.spi.Ids;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Runs programs on both backends and takes their documents, as long as nobody else in this JVM traces. */
final class ParitySession implements AutoCloseable {

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** A program's run and what came of it: documents by id, made comparable. */
    record Outcome(ProgramRun run, Map<String, ObjectNode> xray, Map<String, ObjectNode> otel) {}

    private final XRayPort xrayPort = new XRayPort();
    private final OtlpPort otlpPort = new OtlpPort();
    private final ToXRay exporter;
    private final Duration patience;
    private long documents;

    /** @param patience how long to wait for a document that may not come */
    ParitySession(ToXRay exporter, Duration patience) throws IOException {
        this.exporter = exporter;
        this.patience = patience;
        System.setProperty(ENDPOINT, otlpPort.endpoint());
    }

    /** Documents taken so far, of both ways. */
    long documents() {
        return documents;
    }

    void backends(String names) {
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("cruddur, the \u00fcber/service")
                .backend(names)
                .set(TracingConfig.NAMING, "*.example.com*, 4567-cruddur.*.gitpod.io:*, localhost:*")
                .set("tracing.xray.daemon-address", xrayPort.address())
                .set("tracing.otel.sdk", "own")
                .build());
    }

    List<Outcome> run(List<Program> programs) {
        boolean xray = Tracing.config().backends().contains("xray");
        List<ProgramRun> runs = new ArrayList<>();
        for (Program program : programs) {
            runs.add(onAFreshThread(program));
        }
        Tracing.flush(LONGEST);
        Map<String, List<JsonNode>> fromXRay = new HashMap<>();
        if (xray) {
            takeUntilAllAreThere(runs, fromXRay);
        }
        Map<String, List<JsonNode>> fromOtel = new HashMap<>();
        for (byte[] body : otlpPort.take()) {
            byTrace(exporter.documents(body), fromOtel);
        }
        return runs.stream()
                .map(run -> new Outcome(run, of(run, fromXRay), of(run, fromOtel)))
                .toList();
    }

    private static ProgramRun onAFreshThread(Program program) {
        ProgramRun[] run = new ProgramRun[1];
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(() -> run[0] = ProgramRun.of(program), "program");
        thread.setUncaughtExceptionHandler((t, thrown) -> failure[0] = thrown);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (failure[0] != null) {
            throw new IllegalStateException("nothing may reach the application; " + program, failure[0]);
        }
        return run[0];
    }

    private void takeUntilAllAreThere(List<ProgramRun> runs, Map<String, List<JsonNode>> byTrace) {
        Set<String> missing = new HashSet<>();
        runs.forEach(run -> run.started().forEach(span -> missing.add(span.spanId())));
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            List<JsonNode> taken = xrayPort.take();
            byTrace(taken, byTrace);
            taken.forEach(document ->
                    document.findValuesAsText("id").forEach(missing::remove)); // those of exceptions, too: no harm
            if (missing.isEmpty() || System.nanoTime() - deadline > 0) {
                return;
            }
            Thread.onSpinWait();
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void byTrace(List<? extends JsonNode> all, Map<String, List<JsonNode>> byTrace) {
        documents += all.size();
        all.forEach(
                document -> byTrace.computeIfAbsent(document.path("trace_id").asText(), id -> new ArrayList<>())
                        .add(document));
    }

    private static Map<String, ObjectNode> of(ProgramRun run, Map<String, List<JsonNode>> byTrace) {
        Set<String> traces = new HashSet<>();
        run.started().forEach(span -> traces.add(Ids.toXRay(span.traceId())));
        run.traces().forEach(trace -> traces.add(Ids.toXRay(trace)));
        Map<String, ObjectNode> all = new TreeMap<>();
        traces.forEach(trace -> all.putAll(Canonical.of(byTrace.getOrDefault(trace, List.of()))));
        return all;
    }

    /** The documents with ids by order of start, and without times: those of two runs of a program are the same. */
    static Map<String, ObjectNode> renamed(ProgramRun run, Map<String, ObjectNode> documents) {
        Map<String, String> names = new HashMap<>();
        for (Started span : run.started()) {
            names.putIfAbsent(span.spanId(), "span " + names.size());
            String trace = "trace " + names.size();
            names.putIfAbsent(Ids.toXRay(span.traceId()), trace);
            names.putIfAbsent(span.traceId(), trace);
        }
        for (String trace : run.traces()) {
            names.putIfAbsent(Ids.toXRay(trace), "trace " + names.size());
        }
        Map<String, ObjectNode> renamed = new TreeMap<>();
        for (ObjectNode document : documents.values()) {
            String text = document.toString();
            for (Map.Entry<String, String> name : names.entrySet()) {
                text = text.replace(name.getKey(), name.getValue());
            }
            ObjectNode same = (ObjectNode) XRayPort.read(text);
            same.remove(List.of("start_time", "end_time"));
            same.path("metadata").path("events").path("list").forEach(event -> {
                if (event instanceof ObjectNode known) {
                    known.remove("time");
                }
            });
            renamed.put(same.path("id").asText(), same);
        }
        return renamed;
    }

    @Override
    public void close() {
        Tracing.shutdown();
        System.clearProperty(ENDPOINT);
        xrayPort.close();
        otlpPort.close();
    }
}
