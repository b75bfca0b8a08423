package io.spanloom.examples.cruddur;

import ca.pjer.logback.AwsLogsAppender;
import ca.pjer.logback.metrics.AwsLogsMetrics;
import ca.pjer.logback.metrics.AwsLogsMetricsHolder;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * The log in CloudWatch Logs as well, each line with its trace as CloudWatch links it. It is sent on a thread of its own, which
 * also looks for AWS: neither the start nor a request waits for that, and what cannot be sent is counted.
 */
final class CloudWatchLog implements AutoCloseable {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(CloudWatchLog.class);

    private static final String PATTERN = "%X{AWS-XRAY-TRACE-ID} %-5level %logger{0} - %msg%n";

    /** How long a line may wait for others to be sent with it. */
    private static final long FLUSH_MILLIS = TimeUnit.SECONDS.toMillis(1);

    /** How long the end of the service may wait for the last lines to be sent. */
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(3);

    private final AwsLogsAppender appender = new AwsLogsAppender();
    private final Losses losses = new Losses();

    private CloudWatchLog() {}

    /**
     * Region and credentials are found as the AWS SDK finds them ({@code AWS_REGION}, ...).
     *
     * @param service begins the name of this process's stream
     */
    static CloudWatchLog open(String group, String service) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(PATTERN);
        CloudWatchLog log = new CloudWatchLog();
        AwsLogsMetricsHolder.set(log.losses);
        log.appender.setContext(context);
        log.appender.setName("cloudwatch");
        log.appender.setLayout(layout);
        log.appender.setLogGroupName(group);
        log.appender.setLogStreamUuidPrefix(service + "-");
        log.appender.setMaxFlushTimeMillis(FLUSH_MILLIS);
        log.appender.setMaxBlockTimeMillis(0); // else a warning would wait where the queue is full
        log.appender.setVerbose(false);
        log.appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(log.appender);
        return log;
    }

    /** Sends what waits, for a few seconds at most. */
    @Override
    public void close() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(appender);
        Thread last = new Thread(appender::stop, "cruddur-cloudwatch-last");
        last.setDaemon(true);
        last.start();
        try {
            last.join(PATIENCE_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        if (last.isAlive()) {
            LOG.warn("the last lines did not reach CloudWatch Logs within {} ms", PATIENCE_MILLIS);
        }
        losses.tell();
    }

    /** Says once that lines are lost and why, and at the end how many times. */
    private static final class Losses implements AwsLogsMetrics {

        private final AtomicBoolean said = new AtomicBoolean();
        private final AtomicLong lines = new AtomicLong();
        private final AtomicLong batches = new AtomicLong();

        @Override
        public void incrementFlushFailed(Throwable thrown) {
            batches.incrementAndGet();
            if (said.compareAndSet(false, true)) {
                LOG.warn("the log does not reach CloudWatch Logs, which is not said again: {}", thrown.toString());
            }
        }

        @Override
        public void incrementLostCount() {
            lines.incrementAndGet();
        }

        @Override
        public void incrementBatchRequeueFailed() {
            lines.incrementAndGet();
        }

        void tell() {
            if (lines.get() + batches.get() > 0) {
                LOG.warn(
                        "did not reach CloudWatch Logs: {} batches of lines, and {} lines for which there was no room",
                        batches,
                        lines);
            }
        }

        @Override
        public void incrementPutLogFailed(Throwable thrown) {}

        @Override
        public void incrementBatch(int requests) {}

        @Override
        public void incrementLogEvents(int events) {}

        @Override
        public void incrementPutLog() {}
    }
}
