package io.spanloom.spi;

import io.spanloom.internal.Fatal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.NOPLogger;

/**
 * Says things to the people who run the application: every message has a code, and every code a section with its cause
 * and its cure in {@code docs/messages.md}.
 *
 * <p>Messages go to the slf4j logger {@code io.spanloom}; where no slf4j provider is present, warnings go to standard
 * error instead, because a message that nobody sees helps nobody. A code is said at most once a minute; how often it was
 * held back is said with the next one. Nothing here throws.
 */
public final class Reporter {

    private static final long QUIET_NANOS = 60_000_000_000L;
    /** Characters of an exception's text that a line takes. */
    private static final int MAX_CAUSE = 300;

    private static final Map<String, Said> SAID = new ConcurrentHashMap<>();

    private Reporter() {}

    /** Something that is worth a line at start-up. Said every time; never on standard error. */
    public static void info(String text) {
        try {
            Sink.LOGGER.info("{}", text);
        } catch (RuntimeException | LinkageError broken) {
            // A logging set-up that is broken is not ours to fail on.
        }
    }

    /**
     * Something that the application's people should mend, with what it means and how to mend it.
     *
     * @return whether it was said now; false where it was held back
     */
    public static boolean warn(String code, String text) {
        return say(Level.WARN, code, code, text, null);
    }

    /** As {@link #warn(String, String)}, where each of a few subjects is to be heard of: its minute is its own. */
    public static boolean warnAbout(String subject, String code, String text) {
        return say(Level.WARN, code + ' ' + subject, code, text, null);
    }

    /** As {@link #warnAbout(String, String, String)}, with a cause as in {@link #warn(String, String, Throwable)}. */
    public static boolean warnAbout(String subject, String code, String text, @Nullable Throwable cause) {
        return say(Level.WARN, code + ' ' + subject, code, text, cause);
    }

    /** As {@link #warn(String, String)}; the cause is named in the line, its stack only at debug level. */
    public static void warn(String code, String text, @Nullable Throwable cause) {
        say(Level.WARN, code, code, text, cause);
    }

    /**
     * What an edge or adapter does with what it caught in itself: says it, as {@link #warn(String, String, Throwable)} does,
     * and returns, so that the application goes on.
     *
     * @throws VirtualMachineError the caught one, where it is fatal to the VM; a {@link StackOverflowError} is not
     */
    public static void refused(String code, String text, Throwable thrown) {
        Fatal.rethrow(thrown);
        warn(code, text, thrown);
    }

    /** Something because of which tracing does not work. */
    public static void error(String code, String text, @Nullable Throwable cause) {
        say(Level.ERROR, code, code, text, cause);
    }

    /**
     * A message that was said.
     *
     * @param text as it was last said, one line
     * @param times how often there was reason to say it, held back or not
     */
    public record Message(String code, String text, long times) {}

    /** All that was said so far, each code (and subject) once, by code. */
    public static List<Message> messages() {
        return SAID.values().stream()
                .map(Said::message)
                .filter(message -> !message.text().isEmpty())
                .sorted(Comparator.comparing(Message::code).thenComparing(Message::text))
                .toList();
    }

    /** Says everything anew: for tests. */
    static void forget() {
        SAID.clear();
    }

    private static boolean say(Level level, String key, String code, String text, @Nullable Throwable cause) {
        try {
            Said said = SAID.computeIfAbsent(key, k -> new Said(code));
            long heldBack = said.turn(System.nanoTime());
            if (heldBack < 0) {
                return false;
            }
            StringBuilder line =
                    new StringBuilder(160).append(code).append(": ").append(text);
            if (cause != null) {
                line.append(" [").append(oneLine(cause)).append(']');
            }
            said.last = line.substring(code.length() + 2);
            if (heldBack > 0) {
                line.append(" (and ").append(heldBack).append(" more in the last minute)");
            }
            line.append(" - see docs/messages.md#").append(code.toLowerCase(java.util.Locale.ROOT));
            if (Sink.LOGGER instanceof NOPLogger) {
                System.err.println("spanloom " + level + " " + line);
            } else {
                Sink.LOGGER.atLevel(level).log("{}", line);
                if (cause != null) {
                    Sink.LOGGER.debug("{}", code, cause);
                }
            }
        } catch (RuntimeException | LinkageError broken) {
            // As above.
        }
        return true;
    }

    /** The words of an exception are anybody's, and may hold what a request sent: they make neither lines nor volume. */
    private static String oneLine(Throwable cause) {
        String text;
        try {
            text = String.valueOf(cause);
        } catch (Throwable broken) {
            Fatal.rethrow(broken);
            text = cause.getClass().getName();
        }
        String cut = text.length() > MAX_CAUSE ? text.substring(0, MAX_CAUSE) + "..." : text;
        return cut.replaceAll("\\p{Cntrl}+", " ");
    }

    /** When a code was last said, and how often it was held back since. */
    private static final class Said {
        private final String code;
        private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);
        private final AtomicLong heldBack = new AtomicLong();
        private final AtomicLong times = new AtomicLong();
        private volatile String last = "";

        Said(String code) {
            this.code = code;
        }

        Message message() {
            return new Message(code, last, times.get());
        }

        /** How many were held back since the last time; -1 where this one is held back, too. */
        long turn(long now) {
            times.incrementAndGet();
            long due = next.get();
            if ((due == Long.MIN_VALUE || now - due >= 0) && next.compareAndSet(due, now + QUIET_NANOS)) {
                return heldBack.getAndSet(0);
            }
            heldBack.incrementAndGet();
            return -1;
        }
    }

    /** Apart, so that slf4j is set up when the first thing is said, not when a class that might say something is. */
    private static final class Sink {
        static final Logger LOGGER = LoggerFactory.getLogger("io.spanloom");
    }
}
