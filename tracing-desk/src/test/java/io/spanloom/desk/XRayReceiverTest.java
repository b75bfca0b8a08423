package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.HEADER;
import static io.spanloom.desk.Fixtures.segmentJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class XRayReceiverTest {

    @Test
    void whileOneIsBeingRead_othersAreReceived() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger accepted = new AtomicInteger();
        Intake slow = new Intake() {
            @Override
            public void accepted(Received document) {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                accepted.incrementAndGet();
            }

            @Override
            public void rejected(Refused refused) {}
        };
        try (XRayReceiver receiver = XRayReceiver.start(Addresses.parse("127.0.0.1:0"), slow)) {
            for (int sent = 1; sent <= 50; sent++) {
                TraceDeskTest.sendXRay(receiver.address(), HEADER + segmentJson("000000000000000a", ""));
                int received = sent - 1;
                await().atMost(Duration.ofSeconds(20)).until(() -> receiver.waiting() >= received);
            }
            assertThat(accepted).hasValue(0);
            goOn.countDown();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(accepted).hasValue(50));
        }
    }

    @Test
    void whatWasReceivedBeforeClosing_isRead() throws Exception {
        DatagramQueue queue = new DatagramQueue(DatagramQueue.MAX_BYTES);
        assertThat(queue.offer(new byte[1])).isTrue();
        queue.close();

        assertThat(queue.take()).hasSize(1);
        assertThat(queue.take()).isNull();
        assertThat(queue.offer(new byte[1])).isFalse();
    }

    @Test
    void queueWithoutRoom_takesNoMoreUntilSomethingLeaves() throws Exception {
        DatagramQueue queue = new DatagramQueue(3 * (100 + 32));
        for (int i = 0; i < 3; i++) {
            assertThat(queue.offer(new byte[100])).isTrue();
        }

        assertThat(queue.offer(new byte[100])).isFalse();
        assertThat(queue.take()).hasSize(100);
        assertThat(queue.offer(new byte[100])).isTrue();
        assertThat(queue.size()).isEqualTo(3);
    }
}
