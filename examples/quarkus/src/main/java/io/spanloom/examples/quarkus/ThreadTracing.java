package io.spanloom.examples.quarkus;

import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.util.Map;
import org.eclipse.microprofile.context.spi.ThreadContextProvider;
import org.eclipse.microprofile.context.spi.ThreadContextSnapshot;

/** Takes the trace along, wherever Mutiny or a {@code ManagedExecutor} goes on. */
public class ThreadTracing implements ThreadContextProvider {

    @Override
    public String getThreadContextType() {
        return TraceContext.KEY;
    }

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
        TraceContext trace = Tracing.capture();
        return () -> trace.activate()::close;
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
        return () -> {
            TraceContext before = Tracing.capture();
            TraceContext.clear();
            return before::makeCurrent;
        };
    }
}
