package io.spanloom.desk;

import java.util.Map;

/**
 * What the desk has done so far. A document is one X-Ray datagram or one OTLP span; an OTLP body that cannot be read counts
 * as one document. {@code received = kept + rejectedTotal()}, always.
 *
 * @param received documents offered
 * @param rejected refused ones by reason; reasons that have not occurred are absent
 * @param duplicates kept ones that said nothing new
 * @param late kept ones that came after their trace had been shown as finished
 * @param evicted traces given up to stay within the bounds of memory
 * @param finished traces shown as finished, each counted once
 * @param cleared traces that somebody had the desk forget
 */
public record DeskCounters(
        long received,
        Map<Rejection, Long> rejected,
        long duplicates,
        long late,
        long evicted,
        long finished,
        long cleared) {

    public DeskCounters {
        rejected = Map.copyOf(rejected);
    }

    /** All refused documents. */
    public long rejectedTotal() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Documents that went into a trace. */
    public long kept() {
        return received - rejectedTotal();
    }
}
