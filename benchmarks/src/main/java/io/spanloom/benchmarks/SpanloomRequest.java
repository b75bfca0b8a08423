package io.spanloom.benchmarks;

import io.spanloom.Span;
import io.spanloom.Tracing;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The span around the calls: one for all of them, or a new one each time where it keeps its children. */
@State(Scope.Thread)
public class SpanloomRequest {

    private boolean renewed;
    private Span request = Span.noop();

    @Setup
    public void open(SpanloomBackend backend) {
        renewed = backend.keepsChildren();
        request = Tracing.segment("GET /api/activities/home");
        if (request.isSampled() != backend.isSampled()) {
            throw new IllegalStateException(backend.backend + " gave " + request);
        }
        if (renewed) {
            request.close();
        }
    }

    void begin() {
        if (renewed) {
            request = Tracing.segment("GET /api/activities/home");
        }
    }

    void end() {
        if (renewed) {
            request.close();
        }
    }

    @TearDown
    public void close() {
        request.close();
    }
}
