package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.TRACE;
import static io.spanloom.desk.Fixtures.XRAY_TRACE;
import static io.spanloom.desk.Fixtures.bytes;
import static io.spanloom.desk.Fixtures.oneSegment;
import static io.spanloom.desk.Fixtures.otlp;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.desk.summary.HeldTrace;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TraceStoreTest {
    private static final long QUIET = TimeUnit.SECONDS.toNanos(1);
    private static final String ROOT = "000000000000000a";
    private static final String CHILD = "000000000000000b";

    private long now = -5;
    private final Counting counting = new Counting();
    private final TraceStore store = new TraceStore(() -> now, QUIET, 3, 100_000, counting);

    @Test
    void rootThenQuiet_isFinishedOnce() throws Exception {
        store.add(root());
        now += QUIET - 1;
        assertThat(store.takeDue()).isEmpty();
        now += 1;
        assertThat(store.takeDue()).hasSize(1).allMatch(StoredTrace.Showing::complete);
        assertThat(store.takeDue()).isEmpty();
    }

    @Test
    void cleared_holdsNothingAndTakesAnew() throws Exception {
        store.add(root());
        List<HeldTrace> before = store.newestFirst();
        assertThat(store.clear()).isEqualTo(1);

        assertThat(before).hasSize(1);
        assertThat(store.newestFirst()).isEmpty();
        assertThat(store.find(TRACE)).isNull();
        assertThat(store.occupancy().weight()).isZero();
        now += QUIET;
        assertThat(store.takeDue()).isEmpty();
        assertThat(counting.read().cleared()).isEqualTo(1);
        assertThat(counting.read().evicted()).isZero();

        store.add(root());
        now += QUIET;
        assertThat(store.takeDue()).hasSize(1);
        assertThat(store.newestFirst().get(0).sequence())
                .isGreaterThan(before.get(0).sequence());
    }

    @Test
    void newDocument_startsTheQuietTimeAnew() throws Exception {
        store.add(root());
        now += QUIET - 1;
        store.add(child());
        now += QUIET - 1;

        assertThat(store.takeDue()).isEmpty();
    }

    @Test
    void childBeforeItsRoot_waitsForIt() throws Exception {
        store.add(child());
        now += QUIET;
        assertThat(store.takeDue()).isEmpty();
        store.add(root());
        now += QUIET;

        assertThat(store.takeDue().get(0).trace().spans())
                .extracting(TraceSpan::id)
                .containsExactly(ROOT, CHILD);
    }

    @Test
    void bothProtocols_areOneTraceAndShareTheService() throws Exception {
        store.add(new Received(TRACE, List.of(OtlpSpanReader.read(otlp(ROOT).build(), "shop"))));
        store.add(child());
        now += QUIET;

        Trace trace = store.takeDue().get(0).trace();
        assertThat(trace.xrayId()).isEqualTo(XRAY_TRACE);
        assertThat(trace.spans()).extracting(TraceSpan::service).containsExactly("shop", "shop");
        assertThat(trace.spans())
                .extracting(TraceSpan::source)
                .containsExactly(TraceSpan.Source.OTLP, TraceSpan.Source.XRAY);
    }

    @Test
    void otlpChildOfXRaySegment_findsItsParent() throws Exception {
        store.add(root());
        store.add(new Received(
                TRACE,
                List.of(OtlpSpanReader.read(
                        otlp(CHILD).setParentSpanId(bytes(ROOT)).build(), null))));

        assertThat(store.snapshot(false).get(0).spans())
                .extracting(TraceSpan::service)
                .containsExactly("svc", "svc");
    }

    @Test
    void sameDocumentTwice_isOneSpanAndNoNews() throws Exception {
        store.add(root());
        now += QUIET;
        store.add(root());

        assertThat(store.takeDue().get(0).spans()).hasSize(1);
        assertThat(counting.read().duplicates()).isEqualTo(1);
    }

    @Test
    void sameSpanAgain_lastCompleteDocumentWins() throws Exception {
        store.add(root());
        store.add(oneSegment(ROOT, ",'fault':true"));

        assertThat(onlySpan().fault()).isTrue();
    }

    @Test
    void inProgressDocument_isReplacedByTheComplete() throws Exception {
        store.add(oneSegment(ROOT, ",'in_progress':true"));
        store.add(root());

        assertThat(onlySpan().inProgress()).isFalse();
    }

    @Test
    void inProgressDocumentAfterTheComplete_isIgnored() throws Exception {
        store.add(root());
        store.add(oneSegment(ROOT, ",'in_progress':true"));

        assertThat(onlySpan().inProgress()).isFalse();
    }

    @Test
    void rootInProgress_isNotFinished() throws Exception {
        store.add(oneSegment(ROOT, ",'in_progress':true"));
        now += QUIET;

        assertThat(store.takeDue()).isEmpty();
    }

    @Test
    void documentAfterTheShowing_isLateAndShownAgainWithTheRest() throws Exception {
        store.add(root());
        now += QUIET;
        store.takeDue();
        store.add(child());
        assertThat(store.takeDue()).isEmpty();
        now += QUIET;

        StoredTrace.Showing again = store.takeDue().get(0);
        assertThat(again.again()).isTrue();
        assertThat(again.lateDocuments()).isEqualTo(1);
        assertThat(again.spans()).hasSize(2);
        assertThat(counting.read().late()).isEqualTo(1);
    }

    @Test
    void noRootAfterPatience_isShownIncompleteThenFinishedWhenItComes() throws Exception {
        store.add(child());
        now += TraceStore.PATIENCE_NANOS;
        assertThat(store.takeDue()).hasSize(1).noneMatch(StoredTrace.Showing::complete);
        assertThat(store.takeDue()).isEmpty();
        store.add(root());
        now += QUIET;

        assertThat(store.takeDue()).hasSize(1).allMatch(showing -> showing.complete() && !showing.again());
    }

    @Test
    void end_givesWhatWasNotShown() throws Exception {
        store.add(child());

        assertThat(store.takeAll()).hasSize(1).noneMatch(StoredTrace.Showing::complete);
        assertThat(store.takeAll()).isEmpty();
    }

    @Test
    void tooManyTraces_oldestGoesAndIsCounted() throws Exception {
        for (int i = 0; i < 5; i++) {
            store.add(new Received("%032x".formatted(i + 1), root().spans()));
        }

        assertThat(store.snapshot(false)).extracting(Trace::traceId).allMatch(id -> id.matches("0{31}[345]"));
        assertThat(counting.read().evicted()).isEqualTo(2);
        assertThat(store.takeAll()).hasSize(3);
    }

    @Test
    void tooManyBytes_oldestGoesAndIsCounted() throws Exception {
        String large = ",'metadata':{'n':{'k':'" + "x".repeat(30_000) + "'}}";
        store.add(new Received("%032x".formatted(1), oneSegment(ROOT, large).spans()));
        store.add(new Received("%032x".formatted(2), oneSegment(ROOT, large).spans()));

        assertThat(store.snapshot(false)).extracting(Trace::traceId).containsExactly("%032x".formatted(2));
        assertThat(counting.read().evicted()).isEqualTo(1);
    }

    @Test
    void replacedSpan_givesItsWeightBack() throws Exception {
        String large = ",'metadata':{'n':{'k':'" + "x".repeat(30_000) + "'}}";
        for (int i = 0; i < 10; i++) {
            store.add(oneSegment(ROOT, large + ",'user':'" + i + "'"));
        }

        assertThat(counting.read().evicted()).isZero();
    }

    private TraceSpan onlySpan() {
        return store.snapshot(false).get(0).spans().get(0);
    }

    private static Received root() throws RejectedException {
        return oneSegment(ROOT, "");
    }

    private static Received child() throws RejectedException {
        return oneSegment(CHILD, ",'type':'subsegment','parent_id':'" + ROOT + "'");
    }
}
