package io.spanloom.xray;

import io.spanloom.spi.Reporter;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the people who run the application read about drops: a line for each reason, with its cure. */
final class DropReports {

    private final Exporter.Limits limits;
    private final DatagramSink daemon;
    private final Set<DropReason> pending = EnumSet.noneOf(DropReason.class);

    DropReports(Exporter.Limits limits, DatagramSink daemon) {
        this.limits = limits;
        this.daemon = daemon;
    }

    /** Has it said by the sending thread, because an application's thread should not write logs. */
    synchronized void later(DropReason reason) {
        pending.add(reason);
    }

    synchronized boolean isPending() {
        return !pending.isEmpty();
    }

    void sayPending() {
        Set<DropReason> all;
        synchronized (this) {
            if (pending.isEmpty()) {
                return;
            }
            all = EnumSet.copyOf(pending);
            pending.clear();
        }
        for (DropReason reason : all) {
            say(reason, null);
        }
    }

    void say(DropReason reason, @Nullable Throwable cause) {
        String full = reason == DropReason.QUEUE_FULL
                ? "; up to " + limits.documents() + " documents or " + limits.bytes() + " bytes wait"
                        + " (tracing.xray.queue-documents, tracing.xray.queue-bytes)"
                : "";
        Reporter.warn(reason.code, reason.message + full + "; the daemon's address is " + daemon.address(), cause);
    }
}
