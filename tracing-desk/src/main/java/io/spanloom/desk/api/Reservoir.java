package io.spanloom.desk.api;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Shares one rule's reservoir out among its clients, by the traffic that they report.
 *
 * <p>The quotas that are valid at a moment never add up to more than the reservoir, whatever is reported and in whatever
 * order: a client gets its share of what the others' quotas leave. Where there are more clients than traces to give, the
 * quota goes round. A client that falls silent is forgotten when its quota ends; so after a shift of traffic the new clients
 * have their shares at their third report at the latest.
 */
final class Reservoir {
    /** How often a client is to report, seconds: the service's own figure. */
    static final int INTERVAL = 10;

    /** A quota outlives one missed report. */
    static final int TTL = 2 * INTERVAL;

    /** By their last report, the oldest first. */
    private final Map<String, Share> shares = new LinkedHashMap<>();

    /** Rounds fairly: where there are more clients than traces to give, it is not always the same who get one. */
    private final Random random;

    private long requests;
    private long quotas;

    Reservoir(Random random) {
        this.random = random;
    }

    /**
     * The client's quota until {@link #TTL} from now.
     *
     * @param size of the reservoir, traces a second
     * @param reported requests since the client's last report
     * @param now epoch seconds
     */
    int quota(String client, int size, long reported, long now) {
        forgetUntil(now);
        drop(shares.remove(client));
        // A shrunken reservoir takes quotas back only as they end.
        long free = Math.max(0, size - quotas);
        requests += reported;
        double share = requests == 0 ? 0 : (double) size * reported / requests;
        int quota = (int) Math.min(free, whole(share));
        quotas += quota;
        shares.put(client, new Share(reported, quota, now + TTL));
        return quota;
    }

    /** Rounded up as often as its fraction says. */
    private long whole(double share) {
        double floor = Math.floor(share);
        return (long) floor + (random.nextDouble() < share - floor ? 1 : 0);
    }

    /** A quota counts through its last second. */
    private void forgetUntil(long now) {
        Iterator<Share> oldest = shares.values().iterator();
        while (oldest.hasNext()) {
            Share share = oldest.next();
            if (share.until >= now) {
                return;
            }
            oldest.remove();
            drop(share);
        }
    }

    private void drop(@Nullable Share share) {
        if (share != null) {
            requests -= share.requests;
            quotas -= share.quota;
        }
    }

    private record Share(long requests, int quota, long until) {}
}
