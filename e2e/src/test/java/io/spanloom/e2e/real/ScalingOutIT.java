package io.spanloom.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The files of docs/scaling-out, as they are, at work: what docs/scaling-out.md says of them. */
class ScalingOutIT {

    private static final int ORDINARY = 300;
    private static final int FAILED = 20;
    private static final int SLOW = 4;
    private static final int REFUSED = 60;
    private static final int ALL = ORDINARY + FAILED + SLOW + REFUSED;

    private static Fleet fleet;
    private static final List<JsonNode> ordinary = new ArrayList<>();
    private static final List<JsonNode> failed = new ArrayList<>();
    private static final List<JsonNode> slow = new ArrayList<>();
    private static final List<JsonNode> refused = new ArrayList<>();
    private static double tracesAtGateways;

    /** Requests through all three services, on both hosts and by both backends, until the gateways have decided about each. */
    @BeforeAll
    static void requests() throws Exception {
        assumeFalse(
                Installed.collector().isEmpty(),
                () -> "the OpenTelemetry Collector could not be built: " + Installed.collectorAbsent());
        fleet = new Fleet();
        slow.addAll(IntStream.range(0, SLOW)
                .parallel()
                .mapToObj(i -> Fleet.request("slow", fleet.front, fleet.back, fleet.worker))
                .toList());
        for (int i = 0; i < ORDINARY; i++) {
            ordinary.add(Fleet.request("ok", fleet.front, fleet.back, fleet.worker));
        }
        for (int i = 0; i < REFUSED; i++) {
            refused.add(Fleet.request("refused", fleet.front));
        }
        for (int i = 0; i < FAILED; i++) {
            failed.add(Fleet.request("failed", fleet.front, fleet.back, fleet.worker));
        }
        patiently()
                .untilAsserted(() -> assertThat(
                                Fleet.counted(fleet.gateways, "processor_tail_sampling_global_count_traces_sampled"))
                        .isGreaterThanOrEqualTo(ALL));
        tracesAtGateways = Fleet.counted(fleet.gateways, "processor_tail_sampling_new_trace_id_received");
        patiently()
                .until(() -> failed.stream().allMatch(trace -> documents(trace).size() >= 5));
        patiently().until(() -> slow.stream().allMatch(trace -> documents(trace).size() >= 5));
    }

    @AfterAll
    static void end() throws Exception {
        if (fleet != null) {
            fleet.close();
        }
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }

    private static String traceId(JsonNode trace) {
        return trace.path(0).path("trace").asText();
    }

    /** By id, from both APIs. */
    private static Map<String, ObjectNode> documents(JsonNode trace) {
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        fleet.apis.forEach(api -> all.putAll(api.trace(traceId(trace))));
        return all;
    }

    private static List<JsonNode> kept(List<JsonNode> traces) {
        return traces.stream().filter(trace -> !documents(trace).isEmpty()).toList();
    }

    @Test
    void everyTrace_isAtOneGatewayWhicheverHostSentItsSpans() {
        // A trace at both would be two to them; what was not kept is counted here, too.
        assertThat(tracesAtGateways).isEqualTo(ALL);
        assertThat(fleet.apis).allSatisfy(api -> assertThat(api.arrived()).isPositive());
        assertThat(kept(failed))
                .allSatisfy(trace -> assertThat(fleet.apis)
                        .filteredOn(api -> !api.trace(traceId(trace)).isEmpty())
                        .hasSize(1));
    }

    @Test
    void failedAndSlowTraces_areAllKeptAndWhole() {
        assertThat(failed)
                .hasSize(FAILED)
                .allSatisfy(trace -> assertThat(documents(trace)).hasSize(5));
        assertThat(slow)
                .hasSize(SLOW)
                .allSatisfy(trace -> assertThat(documents(trace)).hasSize(5));
    }

    /** Three hundred at 10 %: fewer than 6 or more than 75 come about once in a billion runs. */
    @Test
    void ofTheRest_aTenthIsKeptAndWhole() {
        patiently()
                .until(() -> kept(ordinary).stream()
                        .allMatch(trace -> documents(trace).size() == 5));

        assertThat(kept(ordinary)).hasSizeBetween(6, 75);
    }

    /** A 404, which the receiver of X-Ray documents makes an ERROR: more than 30 of 60 come about once in a billion runs. */
    @Test
    void callersMistake_isNoFailure() {
        assertThat(kept(refused)).hasSizeLessThan(30);
    }

    @Test
    void namesIdsAndOutcomes_areThoseOfParity() {
        JsonNode trace = failed.get(0);
        Map<String, ObjectNode> documents = documents(trace);

        assertThat(documents.keySet()).containsExactlyInAnyOrderElementsOf(trace.findValuesAsText("id"));
        List<ObjectNode> inOrder =
                trace.findValuesAsText("id").stream().map(documents::get).toList();
        assertThat(inOrder)
                .extracting(document -> document.path("name").asText())
                .containsExactly("front", "ask the next", "back", "ask the next", "worker");
        assertThat(inOrder.stream()
                        .skip(1)
                        .map(document -> document.path("parent_id").asText()))
                .containsExactlyElementsOf(trace.findValuesAsText("id").subList(0, 4));
        assertThat(inOrder.get(4).path("fault").asBoolean()).isTrue();
        assertThat(inOrder.get(4).at("/cause/exceptions/0/message").asText()).isEqualTo("boom");
        assertThat(List.of(inOrder.get(0), inOrder.get(2), inOrder.get(4)))
                .allSatisfy(segment -> assertThat(
                                segment.at("/metadata/spanloom/operation").asText())
                        .isEqualTo("GET /failed"));
    }

    /** By OTLP the service counts what is lost; of X-Ray's datagrams its host's collector does, and the service cannot know. */
    @Test
    void gatewayThatIsAwayForLong_costsWhatTheQueuesDoNotHold() throws Exception {
        FleetCollector host = fleet.agents.get(0);
        FleetCollector gateway = fleet.gateways.get(0);
        quiet();
        long frontBefore = fleet.arrived("front");
        long workerBefore = fleet.arrived("worker");
        long sentBefore = Fleet.stats(fleet.front).path("delivered").asLong();
        long takenBefore = Fleet.stats(fleet.worker).path("delivered").asLong();
        double refusedBefore = host.counted("receiver_refused_spans", "receiver=\"awsxray\"");
        gateway.kill();

        long longest = Fleet.many(fleet.front, 3 * Fleet.QUEUE, 1_000);
        longest = Math.max(longest, Fleet.many(fleet.worker, 2 * Fleet.QUEUE, 100));
        patiently()
                .until(() -> Fleet.stats(fleet.worker)
                                .path("dropped")
                                .path("queue-full")
                                .asLong()
                        > 0);
        System.out.println("a gateway is away: the longest call took " + longest + " us; front "
                + Fleet.stats(fleet.front) + ", worker " + Fleet.stats(fleet.worker));
        double refused = host.counted("receiver_refused_spans", "receiver=\"awsxray\"") - refusedBefore;
        gateway.startAgain();
        gateway.ready();
        quiet();

        long sent = Fleet.stats(fleet.front).path("delivered").asLong() - sentBefore;
        long taken = Fleet.stats(fleet.worker).path("delivered").asLong() - takenBefore;
        assertThat(sent).isEqualTo(3 * Fleet.QUEUE);
        assertThat(refused).isPositive();
        patiently()
                .untilAsserted(
                        () -> assertThat(fleet.arrived("front") - frontBefore).isEqualTo(sent - (long) refused));
        patiently()
                .untilAsserted(
                        () -> assertThat(fleet.arrived("worker") - workerBefore).isEqualTo(taken));
        assertThat(taken).isPositive();
        assertNotHeldUp(longest);
        assertAccountedFor(fleet.front);
        assertAccountedFor(fleet.worker);
    }

    /** The services drop with a reason, are not held up, and go on by themselves. */
    @Test
    void hostsCollectorThatIsAway_isSeenByTheServicesThemselves() throws Exception {
        FleetCollector host = fleet.agents.get(0);
        quiet();
        host.stop();

        long longest = Math.max(Fleet.many(fleet.front, 20_000, 0), Fleet.many(fleet.worker, 20_000, 0));
        JsonNode front = Fleet.stats(fleet.front);
        JsonNode worker = Fleet.stats(fleet.worker);
        System.out.println("a host's collector is away: the longest call took " + longest + " us; front " + front
                + ", worker " + worker);
        assertThat(front.at("/dropped/port unreachable").asLong()).isPositive();
        assertThat(worker.at("/dropped/queue-full").asLong()).isPositive();
        assertThat(worker.path("queued").asLong()).isLessThanOrEqualTo(Fleet.QUEUE);
        assertNotHeldUp(longest);
        assertAccountedFor(fleet.front);
        assertAccountedFor(fleet.worker);

        host.startAgain();
        host.ready();
        quiet(); // what the worker still had is delivered by now, or given up and counted
        long frontBefore = fleet.arrived("front");
        Fleet.many(fleet.front, 50, 1_000);
        patiently().until(() -> fleet.arrived("front") >= frontBefore + 50);
        long delivered = Fleet.stats(fleet.worker).path("delivered").asLong();
        Fleet.many(fleet.worker, 50, 1_000);
        patiently().until(() -> Fleet.stats(fleet.worker).path("delivered").asLong() >= delivered + 50);
    }

    /** A gateway that is told to end decides about what it holds, and sends it. */
    @Test
    void gatewayThatEndsInOrder_losesNothing() throws Exception {
        FleetCollector gateway = fleet.gateways.get(1);
        quiet();
        long before = fleet.arrived("back");
        double receivedBefore = received();
        Fleet.many(fleet.back, 200, 0);
        patiently().until(() -> received() >= receivedBefore + 200);

        gateway.stop();

        patiently()
                .untilAsserted(() -> assertThat(fleet.arrived("back") - before).isEqualTo(200));
        gateway.startAgain();
        gateway.ready();
    }

    private static double received() {
        return Fleet.counted(fleet.gateways, "receiver_accepted_spans");
    }

    /** A call that waited for a collector would take seconds: a connection's or a request's time-out. */
    private static void assertNotHeldUp(long micros) {
        assertThat(Duration.ofNanos(micros * 1_000)).isLessThan(Duration.ofSeconds(3));
    }

    private static void assertAccountedFor(Service service) {
        JsonNode stats = Fleet.stats(service);
        long dropped = 0;
        for (JsonNode reason : stats.path("dropped")) {
            dropped += reason.asLong();
        }
        assertThat(stats.path("offered").asLong())
                .isEqualTo(stats.path("delivered").asLong()
                        + dropped
                        + stats.path("queued").asLong());
    }

    /** Until nothing waits in a service. */
    private static void quiet() {
        for (Service service : List.of(fleet.front, fleet.back, fleet.worker)) {
            patiently().until(() -> Fleet.stats(service).path("queued").asLong() == 0);
        }
    }
}
