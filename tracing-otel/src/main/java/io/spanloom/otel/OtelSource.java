package io.spanloom.otel;

import io.opentelemetry.api.trace.Tracer;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Findings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a backend's OpenTelemetry spans come from: the application's instance, or our own. */
interface OtelSource {

    /** The scope that our spans are named after in OpenTelemetry. */
    String SCOPE = "io.spanloom";

    /** Null while there is no OpenTelemetry to attach to. */
    @Nullable
    Tracer tracer();

    /** For a span whose parent is known and whose id anybody may choose; {@link #tracer} where that makes no difference. */
    default Tracer tracerOfChildren(Tracer tracer) {
        return tracer;
    }

    /** Whether the SDK is ours, so that it takes our ids and our decisions. */
    boolean isOwn();

    /** Whether an SDK's own sampler, which knows more than {@code tracing.sampling}, decides about new traces. */
    boolean leavesSamplingToSdk();

    /** The service's name as the spans' resource has it. */
    String service();

    BackendStats stats();

    boolean flush(Duration timeout);

    /** Looks whether spans arrive anywhere; called by any thread, which may wait. */
    void check(Findings findings);

    void close();
}
