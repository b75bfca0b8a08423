package io.spanloom.e2e;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanloom.SpanListeners;
import io.spanloom.Tracing;
import io.spanloom.micrometer.SpanMetrics;
import io.spanloom.spi.BackendStats;
import java.util.Map;

/** The code of docs/errors.md, compiled. {@link SnippetsTest} holds them together. */
@SuppressWarnings({"unused", "NullAway"})
final class ErrorsSnippets {

    record Account(String handle, String plan) {}

    private ErrorsSnippets() {}

    static void described(Account account) {
        Tracing.current().user(account.handle()); // Rollbar's person
        Tracing.current().annotation("plan", account.plan()); // custom.annotations.plan
    }

    static void counted() {
        BackendStats reports = SpanListeners.stats().get("rollbar");
        Map<String, Long> lost = reports.dropped(); // {queue full=3, answered 429=1}
    }

    static void metered(MeterRegistry registry) {
        SpanListeners.add(SpanMetrics.to(registry));
    }
}
