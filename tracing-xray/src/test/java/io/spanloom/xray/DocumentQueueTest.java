package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.spi.BackendStats;
import io.spanloom.xray.DocumentQueue.Answer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What waits: how much, in which order, and how it is counted. */
class DocumentQueueTest {

    private static final int ROOM = 1_000;

    private final DocumentQueue queue = new DocumentQueue(new Exporter.Limits(4, ROOM, false));

    private static Document weighing(int bytes) {
        return new Document(null, null, 0, bytes);
    }

    private BackendStats stats() {
        BackendStats stats = queue.stats();
        assertThat(stats.offered()).isEqualTo(stats.delivered() + stats.droppedTotal() + stats.queued());
        return stats;
    }

    /** Takes one out and deals with it. */
    private void deliverOne() {
        Document one = Objects.requireNonNull(queue.next());
        queue.settle(null);
        queue.release(one);
    }

    @Test
    void documents_leaveInTheOrderInWhichTheyCame() {
        Document first = weighing(1);
        Document second = weighing(2);
        Document third = weighing(3);
        queue.offer(first);
        queue.offer(second);
        queue.offerOwn(third);

        assertThat(queue.waiting()).isEqualTo(3);
        assertThat(queue.next()).isSameAs(first);
        assertThat(queue.next()).isSameAs(second);
        assertThat(queue.next()).isSameAs(third);
        assertThat(queue.next()).isNull();
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void asManyAsMayWait_areTakenAndTheNextIsCounted() {
        assertThat(queue.offer(weighing(1))).isEqualTo(Answer.TAKEN);
        assertThat(queue.offer(weighing(1))).as("of four").isEqualTo(Answer.TAKEN_HALF_FULL);
        assertThat(queue.offer(weighing(1))).isEqualTo(Answer.TAKEN);
        assertThat(queue.offer(weighing(1))).isEqualTo(Answer.TAKEN);
        assertThat(queue.offer(weighing(1))).isEqualTo(Answer.FULL);

        assertThat(stats()).isEqualTo(new BackendStats(5, 0, Map.of("queue full", 1L), 4));
    }

    @Test
    void asManyBytesAsMayWait_areTakenAndOneMoreIsNot() {
        assertThat(queue.offer(weighing(600))).isEqualTo(Answer.TAKEN);
        assertThat(queue.offer(weighing(401))).isEqualTo(Answer.FULL);
        assertThat(queue.offer(weighing(400))).isEqualTo(Answer.TAKEN_HALF_FULL);
        assertThat(queue.offer(weighing(1))).isEqualTo(Answer.FULL);

        assertThat(stats()).isEqualTo(new BackendStats(4, 0, Map.of("queue full", 2L), 2));
    }

    @Test
    void whatIsJustBeingSent_takesItsRoomUntilItIsDealtWith() {
        Document one = weighing(ROOM);
        queue.offer(one);
        queue.next();
        assertThat(queue.offer(weighing(1))).isEqualTo(Answer.FULL);

        queue.settle(null);
        queue.release(one);
        assertThat(queue.offer(weighing(ROOM))).isEqualTo(Answer.TAKEN);
        assertThat(stats()).isEqualTo(new BackendStats(3, 1, Map.of("queue full", 1L), 1));
    }

    @Test
    void roomByNumber_isGivenBack() {
        for (int i = 0; i < 100; i++) {
            assertThat(queue.offer(weighing(250))).isNotEqualTo(Answer.FULL);
            assertThat(queue.offer(weighing(250))).isNotEqualTo(Answer.FULL);
            deliverOne();
            deliverOne();
        }

        assertThat(stats()).isEqualTo(new BackendStats(200, 200, Map.of(), 0));
    }

    @Test
    void whatItsReaderMadeItself_isTakenPastTheBoundsAndAShutdown() {
        for (int i = 0; i < 4; i++) {
            queue.offer(weighing(250));
        }
        queue.offerOwn(weighing(500));
        queue.close();
        queue.offerOwn(weighing(500));

        assertThat(queue.waiting()).isEqualTo(6);
        assertThat(stats()).isEqualTo(new BackendStats(6, 0, Map.of(), 6));
    }

    @Test
    void closed_refusesAndCounts() {
        assertThat(queue.isClosed()).isFalse();
        queue.offer(weighing(1));
        queue.close();

        assertThat(queue.isClosed()).isTrue();
        assertThat(queue.offer(weighing(1))).isEqualTo(Answer.CLOSED);
        assertThat(stats()).isEqualTo(new BackendStats(2, 0, Map.of("shutting down", 1L), 1));
    }

    @Test
    void whatStillWaitsAtTheEnd_isDroppedAndCountedAndItsRoomIsFree() {
        queue.offer(weighing(300));
        queue.offer(weighing(300));
        assertThat(queue.room()).isZero();

        assertThat(queue.dropWaiting()).isTrue();
        assertThat(queue.waiting()).isZero();
        assertThat(queue.room()).isEqualTo(1);
        assertThat(queue.offer(weighing(ROOM))).isEqualTo(Answer.TAKEN);
        assertThat(stats()).isEqualTo(new BackendStats(3, 0, Map.of("shutting down", 2L), 1));
    }

    @Test
    void nothingWaitsAtTheEnd_nothingIsDropped() {
        queue.offer(weighing(1));
        deliverOne();

        assertThat(queue.dropWaiting()).isFalse();
        assertThat(stats()).isEqualTo(new BackendStats(1, 1, Map.of(), 0));
    }

    @Test
    void partAndWithdrawal_keepTheAccount() {
        Document one = weighing(1);
        queue.offer(one);
        queue.offer(weighing(1));
        queue.next();
        queue.part();
        assertThat(stats()).isEqualTo(new BackendStats(3, 0, Map.of(), 3));

        queue.settle(null);
        queue.settle(DropReason.TOO_LARGE);
        queue.release(one);
        queue.withdraw();
        assertThat(stats()).isEqualTo(new BackendStats(2, 1, Map.of("too large", 1L), 0));
    }

    @Test
    void eachReason_isCountedByItself() {
        for (int i = 0; i < 4; i++) {
            queue.offer(weighing(1));
        }
        queue.settle(DropReason.PORT_UNREACHABLE);
        queue.settle(DropReason.PORT_UNREACHABLE);
        queue.settle(DropReason.CANNOT_SEND);

        assertThat(stats()).isEqualTo(new BackendStats(4, 0, Map.of("port unreachable", 2L, "cannot send", 1L), 1));
    }

    @Test
    void whoAsksOrWithdraws_leavesTheQueueToOtherThreads() throws Exception {
        queue.offer(weighing(1));
        Thread other = new Thread(() -> {
            queue.room();
            queue.isQuarterFull();
            queue.waiting();
            queue.withdraw();
        });
        other.start();
        other.join();

        FutureTask<BackendStats> asked = new FutureTask<>(queue::stats);
        Thread third = new Thread(asked);
        third.setDaemon(true);
        third.start();
        assertThat(asked.get(1, TimeUnit.MINUTES)).isEqualTo(BackendStats.NONE);
    }

    @Test
    void roomForThoseThatMayWait_endsAtAQuarterOfTheNumber() {
        DocumentQueue wide = new DocumentQueue(new Exporter.Limits(40, ROOM, false));
        for (int left = 10; left > 0; left--) {
            assertThat(wide.room()).isEqualTo(left);
            assertThat(wide.isQuarterFull()).isFalse();
            wide.offer(weighing(1));
        }
        assertThat(wide.room()).isZero();
        assertThat(wide.isQuarterFull())
                .as("ten of forty are a quarter, and no more")
                .isFalse();

        wide.offer(weighing(1));
        assertThat(wide.room()).isZero();
        assertThat(wide.isQuarterFull()).isTrue();
    }

    @Test
    void roomForThoseThatMayWait_endsAtAQuarterOfTheBytes() {
        DocumentQueue wide = new DocumentQueue(new Exporter.Limits(40, ROOM, false));
        wide.offer(weighing(250));
        assertThat(wide.room()).isEqualTo(9);

        wide.offer(weighing(1));
        assertThat(wide.room()).isZero();
    }
}
