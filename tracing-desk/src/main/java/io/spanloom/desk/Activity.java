package io.spanloom.desk;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who has knocked, and when: what is looked at when a trace is missing. Safe for use by several threads. */
final class Activity {
    /** Two programs on one machine agree far better than this; two machines with NTP do as well. */
    private static final long SKEW_MILLIS = 5_000;

    private final Map<Protocol, Knocks> knocks = new EnumMap<>(Protocol.class);
    private final Map<String, Knocks> calls = new LinkedHashMap<>();
    private final LongSupplier millis;
    private long ahead;
    private long spilled;
    private long worstAheadMillis;

    Activity(LongSupplier millis) {
        this.millis = millis;
    }

    /** A datagram or a request has come, good or bad. */
    synchronized void knocked(Protocol protocol, @Nullable SocketAddress from) {
        knocks.merge(protocol, Knocks.first(millis.getAsLong(), from), Knocks::then);
    }

    synchronized void spilled() {
        spilled++;
    }

    /** Datagrams that the desk threw away unread, and those of this port that the system threw away before it. */
    long spillover(int port) {
        long before = Spillover.of(port);
        synchronized (this) {
            return before < 0 && spilled == 0 ? -1 : Math.max(before, 0) + spilled;
        }
    }

    /** An operation of the X-Ray API was called; the names must be few. */
    synchronized void called(String operation, @Nullable SocketAddress from) {
        calls.merge(operation, Knocks.first(millis.getAsLong(), from), Knocks::then);
    }

    /** Looks at the clock of whoever wrote the document. */
    void accepted(Received document) {
        Instant end = document.head().end();
        Instant latest = end == null ? document.head().start() : end;
        // Times a thousand years from now fit: the reader takes none beyond the year 5138.
        long lead = latest.toEpochMilli() - millis.getAsLong();
        if (lead > SKEW_MILLIS) {
            synchronized (this) {
                ahead++;
                worstAheadMillis = Math.max(worstAheadMillis, lead);
            }
        }
    }

    synchronized Knocks of(Protocol protocol) {
        return knocks.getOrDefault(protocol, Knocks.NONE);
    }

    synchronized Knocks ofCall(String operation) {
        return calls.getOrDefault(operation, Knocks.NONE);
    }

    /** Documents that ended later than they came. */
    synchronized long ahead() {
        return ahead;
    }

    synchronized long worstAheadMillis() {
        return worstAheadMillis;
    }

    /**
     * Arrivals of one kind.
     *
     * @param lastMillis epoch milliseconds; 0 if there was none
     * @param from who came last; null if there was none or it is not known
     */
    record Knocks(long count, long lastMillis, @Nullable SocketAddress from) {
        static final Knocks NONE = new Knocks(0, 0, null);

        private static Knocks first(long now, @Nullable SocketAddress from) {
            return new Knocks(1, now, from);
        }

        private Knocks then(Knocks next) {
            return new Knocks(count + 1, next.lastMillis, next.from);
        }

        /** As people write it; empty if it is not known. */
        String sender() {
            return from instanceof InetSocketAddress address ? Addresses.text(address) : "";
        }
    }
}
