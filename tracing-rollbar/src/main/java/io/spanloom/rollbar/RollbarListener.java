package io.spanloom.rollbar;

import io.spanloom.Outcome;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.SpanListener;
import io.spanloom.spi.SpanView;
import java.time.Duration;

/**
 * Tells faults from what is none. An exception is reported when core tells of it, which is once; a request that ends as a fault,
 * as by an error page with status 500, without any exception that was told of, is reported at its end.
 */
final class RollbarListener implements SpanListener {

    private final Deliveries deliveries;
    private final boolean withPerson;

    RollbarListener(Deliveries deliveries, boolean withPerson) {
        this.deliveries = deliveries;
        this.withPerson = withPerson;
    }

    @Override
    public String name() {
        return "rollbar";
    }

    @Override
    public void onError(SpanView span, Throwable thrown) {
        if (span.outcome() == Outcome.FAULT) {
            deliveries.offer(Fault.of(span, thrown, withPerson));
        }
    }

    @Override
    public void onEnd(SpanView span) {
        if (span.outcome() == Outcome.FAULT
                && !span.isErrorTold()
                && span.kind().entersService()) {
            deliveries.offer(Fault.of(span, null, withPerson));
        }
    }

    @Override
    public BackendStats stats() {
        return deliveries.stats();
    }

    @Override
    public boolean flush(Duration timeout) {
        return deliveries.flush(timeout);
    }

    @Override
    public void close() {
        deliveries.close();
    }
}
