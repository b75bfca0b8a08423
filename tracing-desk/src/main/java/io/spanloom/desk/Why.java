package io.spanloom.desk;

import io.spanloom.desk.api.ApiException;
import io.spanloom.desk.api.XRayApi;
import io.spanloom.desk.filter.TraceElement;
import io.spanloom.desk.summary.HeldTrace;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** "Why is there no trace?": what a desk can tell of it, the likeliest reasons marked as problems. */
final class Why {
    private static final int XRAY_PORT = 2000;
    private static final int OTLP_PORT = 4318;
    private static final String DEFAULT = "Default";

    private final DeskState desk;
    private final XRayApi xray;
    private final Supplier<Listening> listening;

    Why(DeskState desk, XRayApi xray, Supplier<Listening> listening) {
        this.desk = desk;
        this.xray = xray;
        this.listening = listening;
    }

    /** @param traceId of the trace that is missed; null if none in particular */
    List<Map<String, Object>> findings(@Nullable String traceId) throws ApiException {
        Findings findings = new Findings();
        if (traceId != null) {
            addTrace(traceId, findings);
        }
        addPorts(findings);
        addArrivals(findings);
        addRejected(findings);
        addStore(findings);
        addSampling(findings);
        addGroups(findings);
        addClock(findings);
        return findings.all;
    }

    private void addTrace(String traceId, Findings findings) throws ApiException {
        String digits = DeskApi.digits(traceId);
        String id = TraceIds.toXRay(digits);
        Trace trace = desk.store().trace(digits);
        if (trace != null) {
            findings.ok(
                    "trace",
                    id + " is here, " + (trace.complete() ? "finished" : "its root has not come") + ", with "
                            + Text.counted(trace.spans().size(), "span"));
            return;
        }
        long refused = desk.inbox().newestFirst().stream()
                .filter(entry -> entry.refused().excerpt().contains(id)
                        || entry.refused().excerpt().contains(digits))
                .count();
        if (refused > 0) {
            findings.problem("trace", id + ": " + Text.counted(refused, "document") + " of it refused; see inbox");
        } else if (desk.counting().read().evicted() > 0) {
            findings.problem(
                    "trace", id + " is not here; it may have been given up, as traces were when memory was full");
        } else {
            findings.problem(
                    "trace",
                    id + " is not here, and nothing that was refused names it: it was never sent to this"
                            + " desk, or was not sampled");
        }
    }

    private void addPorts(Findings findings) {
        Listening now = listening.get();
        addPort(findings, "X-Ray", now.xray(), XRAY_PORT, "AWS_XRAY_DAEMON_ADDRESS=");
        addPort(findings, "OTLP", now.otlp(), OTLP_PORT, "OTEL_EXPORTER_OTLP_ENDPOINT=http://");
    }

    private static void addPort(Findings findings, String what, InetSocketAddress address, int usual, String variable) {
        String text = what + " is taken on " + Addresses.text(address);
        if (address.getPort() == usual) {
            findings.ok("ports", text + ", where it is sent by default");
        } else {
            findings.note(
                    "ports",
                    text + ", not on the usual port " + usual + ": programs need " + variable
                            + Addresses.text(address));
        }
    }

    private void addArrivals(Findings findings) {
        boolean any = false;
        for (Protocol protocol : List.of(Protocol.UDP, Protocol.OTLP)) {
            Activity.Knocks knocks = desk.activity().of(protocol);
            any |= knocks.count() > 0;
            findings.note("arrivals", protocol.title() + ": " + arrivals(knocks));
        }
        Activity.Knocks put = desk.activity().ofCall("PutTraceSegments");
        if (put.count() > 0) {
            any = true;
            findings.note("arrivals", "PutTraceSegments: " + arrivals(put));
        }
        if (!any) {
            findings.problem(
                    "arrivals",
                    "nothing has ever been sent here: is the program pointed at these addresses, and"
                            + " is tracing switched on in it?");
        }
    }

    private static String arrivals(Activity.Knocks knocks) {
        if (knocks.count() == 0) {
            return "nothing yet";
        }
        long seconds = Math.max(0, (System.currentTimeMillis() - knocks.lastMillis()) / 1_000);
        String from = knocks.sender().isEmpty() ? "" : ", from " + knocks.sender();
        return String.format(Locale.ROOT, "%,d, the last %d s ago%s", knocks.count(), seconds, from);
    }

    private void addRejected(Findings findings) {
        DeskCounters counters = desk.counting().read();
        if (counters.rejectedTotal() > 0) {
            String reasons = counters.rejected().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> entry.getValue() + " x " + entry.getKey().text())
                    .collect(Collectors.joining("; "));
            findings.problem(
                    "rejected",
                    Text.counted(counters.rejectedTotal(), "document") + " refused: " + reasons + "; see inbox");
        } else {
            findings.ok("rejected", "nothing has been refused");
        }
        long spillover = desk.activity().spillover(listening.get().xray().getPort());
        if (spillover > 0) {
            findings.problem(
                    "rejected",
                    Text.counted(spillover, "datagram") + " came faster than they could be read, and were thrown away");
        }
    }

    private void addStore(Findings findings) {
        TraceStore.Occupancy held = desk.store().occupancy();
        DeskCounters counters = desk.counting().read();
        findings.note("store", Text.counted(held.traces(), "trace") + " held, " + counters.finished() + " finished");
        if (held.waiting() > 0) {
            findings.note(
                    "store",
                    Text.counted(held.waiting(), "trace") + " not finished: a trace is, once its root has ended"
                            + " and nothing has come for a second; without a root it is shown as incomplete after ten");
        }
        if (counters.evicted() > 0) {
            findings.problem("store", Text.counted(counters.evicted(), "trace") + " given up to stay within memory");
        }
    }

    private void addSampling(Findings findings) throws ApiException {
        Activity.Knocks rules = desk.activity().ofCall("GetSamplingRules");
        Activity.Knocks reports = desk.activity().ofCall("GetSamplingTargets");
        if (rules.count() == 0) {
            findings.note("sampling", "nobody has asked for sampling rules: programs sample by rules of their own");
            return;
        }
        findings.note("sampling", "rules were asked for: " + arrivals(rules));
        findings.note("sampling", "traffic was reported: " + arrivals(reports));
        Map<String, Map<?, ?>> reported = new HashMap<>();
        for (Map<?, ?> sums :
                list(xray.handle("/SamplingStatisticSummaries", Map.of()), "SamplingStatisticSummaries")) {
            reported.put(String.valueOf(sums.get("RuleName")), sums);
        }
        for (Map<?, ?> entry : list(xray.handle("/GetSamplingRules", Map.of()), "SamplingRuleRecords")) {
            Map<?, ?> rule = (Map<?, ?>) Objects.requireNonNull(entry.get("SamplingRule"));
            addRule(String.valueOf(rule.get("RuleName")), rule, reported, findings);
        }
    }

    private static void addRule(String name, Map<?, ?> rule, Map<String, Map<?, ?>> reported, Findings findings) {
        Map<?, ?> sums = reported.get(name);
        String text = "rule " + Text.abbreviated(name, 40) + " (" + rule.get("ReservoirSize") + " a second, "
                + percent(rule.get("FixedRate")) + " of the rest): ";
        if (sums == null) {
            if (!name.equals(DEFAULT) && !reported.isEmpty()) {
                findings.problem("sampling", text + "no request has matched it");
            } else {
                findings.note("sampling", text + "no traffic reported");
            }
            return;
        }
        long requests = ((Number) Objects.requireNonNull(sums.get("RequestCount"))).longValue();
        long sampled = ((Number) Objects.requireNonNull(sums.get("SampledCount"))).longValue();
        String share = text + sampled + " of " + Text.counted(requests, "request") + " sampled";
        if (requests > 0 && sampled == 0) {
            findings.problem("sampling", share);
        } else {
            findings.note("sampling", share);
        }
    }

    private static String percent(@Nullable Object rate) {
        double share = rate instanceof Number number ? number.doubleValue() : 0;
        return String.format(Locale.ROOT, "%.4g", share * 100).replaceFirst("\\.?0+$", "") + " %";
    }

    private void addGroups(Findings findings) throws ApiException {
        List<HeldTrace> held = desk.store().newestFirst();
        if (held.isEmpty()) {
            return;
        }
        for (Map<?, ?> group : list(xray.handle("/Groups", Map.of()), "Groups")) {
            String name = String.valueOf(group.get("GroupName"));
            Predicate<TraceElement> filter = xray.filter(null, name);
            if (held.stream().noneMatch(trace -> filter.test(trace.summary()))) {
                findings.problem(
                        "groups",
                        "group " + name + " matches none of the traces held: "
                                + Text.abbreviated(String.valueOf(group.get("FilterExpression")), 100));
            }
        }
    }

    private void addClock(Findings findings) {
        if (desk.activity().ahead() > 0) {
            findings.problem(
                    "clock",
                    Text.counted(desk.activity().ahead(), "document") + " ended up to "
                            + desk.activity().worstAheadMillis() / 1_000
                            + " s after they came: the clocks disagree, and"
                            + " time ranges miss such traces");
        } else {
            findings.ok("clock", "no document is from the future");
        }
    }

    @SuppressWarnings("unchecked") // the answers' own shapes
    private static List<Map<?, ?>> list(Map<String, ?> answer, String name) {
        return (List<Map<?, ?>>) Objects.requireNonNull(answer.get(name));
    }

    /** In the order in which they are made. */
    private static final class Findings {
        private final List<Map<String, Object>> all = new ArrayList<>();

        void ok(String check, String text) {
            add(check, "ok", text);
        }

        void note(String check, String text) {
            add(check, "note", text);
        }

        void problem(String check, String text) {
            add(check, "problem", text);
        }

        private void add(String check, String level, String text) {
            Map<String, Object> finding = new LinkedHashMap<>();
            finding.put("check", check);
            finding.put("level", level);
            finding.put("text", text);
            all.add(finding);
        }
    }
}
