package io.spanloom.xray;

import io.spanloom.SpanSpec;
import io.spanloom.spi.BackendStats;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the races send, and a daemon that counts what comes. */
final class Documents {

    /** Room for four documents of a hundred bytes, sent by whoever offers, or by nobody. */
    static final Exporter.Limits SMALL = new Exporter.Limits(4, 1_000, true);

    private static final XRayBackend BACKEND =
            new XRayBackend("stress", root -> true, new Daemon(), Exporter.Limits.DEFAULT, false);

    private Documents() {}

    /** One of a hundred bytes, whose span has ended. */
    static Document one() {
        return Document.of(
                (XRaySpan) BACKEND.start(SpanSpec.named("race"), null).detach(), 100);
    }

    static boolean holds(BackendStats stats) {
        return stats.queued() >= 0 && stats.offered() == stats.delivered() + stats.droppedTotal() + stats.queued();
    }

    /** Counts the datagrams. */
    static final class Daemon implements DatagramSink {

        final AtomicInteger came = new AtomicInteger();

        @Override
        public @Nullable DropReason send(ByteBuffer datagram) {
            came.incrementAndGet();
            return null;
        }

        @Override
        public @Nullable Throwable problem() {
            return null;
        }

        @Override
        public String address() {
            return "counted";
        }

        @Override
        public void close() {}
    }
}
