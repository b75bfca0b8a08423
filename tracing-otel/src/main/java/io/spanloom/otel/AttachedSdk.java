package io.spanloom.otel;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.spanloom.TracingConfig;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Findings;
import io.spanloom.spi.Reporter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The application's OpenTelemetry. What it exports, counts and flushes is the application's own business.
 *
 * <p>Looked for until it is found, because frameworks often set the global one later than the first span is started;
 * {@link GlobalOpenTelemetry#get} is never called while none is set, for that would set a no-op for good.
 */
final class AttachedSdk implements OtelSource {

    private static volatile @Nullable OpenTelemetry handedIn;

    private final String service;
    private volatile @Nullable Tracer tracer;

    AttachedSdk(TracingConfig config) {
        this.service = config.service();
        tracer();
    }

    static void handIn(@Nullable OpenTelemetry instance) {
        handedIn = instance;
    }

    static boolean isAvailable() {
        return handedIn != null || GlobalInstance.isSet();
    }

    @Override
    public @Nullable Tracer tracer() {
        Tracer known = tracer;
        return known != null ? known : find();
    }

    private @Nullable Tracer find() {
        OpenTelemetry instance = handedIn;
        if (instance == null && GlobalInstance.isSet()) {
            instance = GlobalOpenTelemetry.get();
        }
        if (instance == null) {
            Reporter.warn(
                    "TRC-151",
                    "spans are not recorded: tracing.otel.sdk = attach, but the application has set no OpenTelemetry"
                            + " yet. Set it globally, hand it to OtelBackend.use(...), or set tracing.otel.sdk=own");
            return null;
        }
        Tracer found = instance.getTracer(SCOPE);
        tracer = found;
        return found;
    }

    @Override
    public boolean isOwn() {
        return false;
    }

    @Override
    public boolean leavesSamplingToSdk() {
        return false;
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public BackendStats stats() {
        return BackendStats.NONE;
    }

    @Override
    public boolean flush(Duration timeout) {
        return true;
    }

    @Override
    public void check(Findings findings) {
        if (isAvailable()) {
            findings.ok("otel", "spans go to the application's OpenTelemetry, which exports and counts them itself");
        } else {
            findings.problem(
                    "otel",
                    "TRC-151",
                    "tracing.otel.sdk = attach, but the application has set no OpenTelemetry",
                    "set it globally, hand it to OtelBackend.use(...), or set tracing.otel.sdk = own");
        }
    }

    @Override
    public void close() {}
}
