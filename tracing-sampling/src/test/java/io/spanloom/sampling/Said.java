package io.spanloom.sampling;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is said to the log while this is open. */
final class Said implements AutoCloseable {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.spanloom");

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    Said() {
        appender.start();
        LOGGER.addAppender(appender);
    }

    List<String> lines() {
        return List.copyOf(appender.list).stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Override
    public void close() {
        LOGGER.detachAppender(appender);
    }
}
