package io.spanloom.backend;

import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/**
 * {@code tracing.backend = log}: each trace, once its root has ended, as a readable tree on the slf4j logger
 * {@code io.spanloom.trace} at level INFO; on standard output where no slf4j provider is present.
 */
public final class LogBackendProvider implements BackendProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public LogBackendProvider() {}

    @Override
    public String name() {
        return "log";
    }

    @Override
    public Backend create(TracingConfig config) {
        String service = config.service();
        Logger logger = LoggerFactory.getLogger("io.spanloom.trace");
        return new MemoryBackend(name(), config.sampler(), span -> {
            if (span.parent() == null) {
                print(logger, TraceTree.of(service, span));
            } else if (span.root() instanceof MemorySpan root && root.isEnded()) {
                print(logger, TraceTree.late(service, span));
            }
        });
    }

    private static void print(Logger logger, String tree) {
        if (logger instanceof NOPLogger) {
            System.out.println(tree);
        } else {
            logger.info("{}", tree);
        }
    }
}
