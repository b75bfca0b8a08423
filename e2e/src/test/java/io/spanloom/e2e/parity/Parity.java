package io.spanloom.e2e.parity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.e2e.parity.ParitySession.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Compares what programs of spans become in X-Ray by either backend.
 *
 * <pre>{@code
 * e2e/parity --seed 7 --programs 1000
 * e2e/parity --seed 7 --programs 1000 --collector "$(e2e/real/collector)"
 * }</pre>
 *
 * <p>Exit code 0 only where there is no difference; else the first programs that differ are printed, shrunk.
 */
public final class Parity {

    /** So many programs run before documents are taken: their spans fit into both queues. */
    private static final int BATCH = 25;

    /** So many programs that differ are shrunk and shown. */
    private static final int SHOWN = 5;

    /** A program that differs, as small as it could be made. */
    record Difference(Program program, List<String> lines) {
        @Override
        public String toString() {
            return program + "\n" + String.join("\n", lines);
        }
    }

    /** What was compared, and what differed. */
    record Report(int programs, long documents, int different, List<Difference> differences) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            differences.forEach(difference -> text.append(difference).append("\n\n"));
            return text + "programs " + programs + ", documents " + documents + ", programs that differ " + different;
        }
    }

    private Parity() {}

    /** Both backends at once, so that ids and times are the same. */
    static Report together(long seed, int programs, ToXRay exporter) throws IOException {
        try (ParitySession session = new ParitySession(exporter, Duration.ofSeconds(5))) {
            session.backends("xray,otel");
            return compare(session, seed, programs, batch -> together(session, batch));
        }
    }

    /** One backend after the other, as applications have them; ids are renamed, times are not compared. */
    static Report apart(long seed, int programs, ToXRay exporter) throws IOException {
        try (ParitySession session = new ParitySession(exporter, Duration.ofSeconds(5))) {
            return compare(session, seed, programs, batch -> apart(session, batch));
        }
    }

    /** Differences of each program of a batch. */
    private interface Comparison {
        List<List<String>> of(List<Program> batch);
    }

    private static Report compare(ParitySession session, long seed, int programs, Comparison comparison) {
        List<Difference> shown = new ArrayList<>();
        int different = 0;
        for (int done = 0; done < programs; done += BATCH) {
            List<Program> batch = new ArrayList<>();
            for (int i = done; i < Math.min(done + BATCH, programs); i++) {
                batch.add(Generator.program(seed + i));
            }
            List<List<String>> lines = comparison.of(batch);
            for (int i = 0; i < batch.size(); i++) {
                // By itself again: a datagram may be lost where the machine is busy, a difference stays.
                if (lines.get(i).isEmpty() || alone(comparison, batch.get(i)).isEmpty()) {
                    continue;
                }
                different++;
                if (shown.size() < SHOWN) {
                    Program least = Shrinker.shrink(
                            batch.get(i), fewer -> !alone(comparison, fewer).isEmpty());
                    shown.add(new Difference(least, alone(comparison, least)));
                }
            }
        }
        return new Report(programs, session.documents(), different, shown);
    }

    private static List<String> alone(Comparison comparison, Program program) {
        return comparison.of(List.of(program)).get(0);
    }

    private static List<List<String>> together(ParitySession session, List<Program> batch) {
        return session.run(batch).stream()
                .map(outcome -> differences(outcome.run(), outcome.xray(), outcome.otel()))
                .toList();
    }

    private static List<List<String>> apart(ParitySession session, List<Program> batch) {
        session.backends("xray");
        List<Outcome> xray = session.run(batch);
        session.backends("otel");
        List<Outcome> otel = session.run(batch);
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            ProgramRun one = xray.get(i).run();
            ProgramRun other = otel.get(i).run();
            all.add(Differences.of(
                    "X-Ray",
                    ParitySession.renamed(one, xray.get(i).xray()),
                    "OpenTelemetry",
                    ParitySession.renamed(other, otel.get(i).otel())));
        }
        return all;
    }

    private static List<String> differences(
            ProgramRun run, Map<String, ObjectNode> xray, Map<String, ObjectNode> otel) {
        List<String> lines = new ArrayList<>(Differences.of("X-Ray", xray, "OpenTelemetry", otel));
        TreeSet<String> lost = new TreeSet<>();
        run.started().forEach(span -> lost.add(span.spanId()));
        lost.removeAll(xray.keySet());
        lost.removeAll(otel.keySet());
        lost.forEach(id -> lines.add(id + ": in neither"));
        return lines;
    }

    public static void main(String[] args) throws Exception {
        long seed = 1;
        int programs = 1_000;
        Path collector = null;
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : misuse(args[i] + " needs a value");
            switch (args[i]) {
                case "--seed" -> seed = Long.parseLong(value);
                case "--programs" -> programs = Integer.parseInt(value);
                case "--collector" -> collector = Path.of(value);
                default -> misuse("unknown option " + args[i]);
            }
        }
        int different;
        if (collector == null) {
            Report together = together(seed, programs, ToXRay.rules());
            System.out.println("both at once: " + together);
            Report apart = apart(seed, programs, ToXRay.rules());
            System.out.println("one after the other: " + apart);
            different = together.different() + apart.different();
        } else {
            try (RealCollector real = RealCollector.start(collector)) {
                Report together = together(seed, programs, real);
                System.out.println("through the collector: " + together);
                System.out.println("restatement against the collector: documents " + real.compared() + ", that differ "
                        + real.differences().size());
                real.differences().stream().limit(SHOWN).forEach(System.out::println);
                different = together.different() + real.differences().size();
            }
        }
        System.exit(different == 0 ? 0 : 1);
    }

    private static String misuse(String what) {
        System.err.println("parity: " + what + "\nusage: e2e/parity [--seed S] [--programs N] [--collector PATH]");
        System.exit(2);
        return "";
    }
}
