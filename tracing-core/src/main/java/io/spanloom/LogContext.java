package io.spanloom;

import io.spanloom.internal.Fatal;
import io.spanloom.spi.Reporter;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Keeps SLF4J's MDC saying what is current on a thread, where {@code tracing.log.mdc} asks for it.
 *
 * <p>Called after each change of what is current, whoever made it. It looks at what is current instead of remembering what
 * to restore, so that nothing stays behind where spans were left out of order or ended by another thread.
 */
final class LogContext {

    static final String TRACE_ID = "trace_id";
    static final String SPAN_ID = "span_id";

    /** The key, and the beginning of the value, by which the X-Ray SDK's loggers have it and CloudWatch links it. */
    static final String XRAY = "AWS-XRAY-TRACE-ID";

    private static final String[] KEYS = {TRACE_ID, SPAN_ID, XRAY};

    private enum Mode {
        /** Nobody has asked for it. */
        OFF,
        ON,
        /** It was on: what was written then is still taken away, thread by thread. */
        ENDING
    }

    private static volatile Mode mode = Mode.OFF;

    /**
     * What we wrote on a thread, and after it what was there before: no class of ours, so that a thread that outlives the
     * application keeps nothing of it. Not there while nothing is current.
     */
    private static final ThreadLocal<@Nullable String @Nullable []> WRITTEN = new ThreadLocal<>();

    private LogContext() {}

    static void configured(boolean on) {
        mode = on ? Mode.ON : mode == Mode.OFF ? Mode.OFF : Mode.ENDING;
    }

    static void follow() {
        Mode now = mode;
        if (now != Mode.OFF) {
            try {
                follow(now == Mode.ON ? Tracing.current() : Span.noop());
            } catch (Throwable thrown) {
                Fatal.rethrow(thrown);
                Reporter.warn(
                        "TRC-043", "the trace's ids could not be written to the MDC; the application goes on", thrown);
            }
        }
    }

    private static void follow(Span current) {
        @Nullable String[] written = WRITTEN.get();
        String trace = current == Span.noop() ? "" : current.traceId();
        if (trace.isEmpty() || isZero(trace)) {
            if (written != null) {
                restore(written);
            }
            return;
        }
        String span = current.spanId();
        String xray = current.isSampled() ? XRAY + ": " + current.xrayTraceId() + "@" + span : null;
        if (written == null) {
            written = new @Nullable String[2 * KEYS.length];
            for (int i = 0; i < KEYS.length; i++) {
                written[KEYS.length + i] = MDC.get(KEYS[i]);
            }
            WRITTEN.set(written);
        }
        write(written, 0, trace);
        write(written, 1, span);
        write(written, 2, xray);
    }

    private static void write(@Nullable String[] written, int i, @Nullable String value) {
        if (value == null ? written[i] != null : !value.equals(written[i])) {
            put(KEYS[i], value);
            written[i] = value;
        }
    }

    /** What somebody else has changed meanwhile stays as it is. */
    private static void restore(@Nullable String[] written) {
        WRITTEN.remove();
        for (int i = 0; i < KEYS.length; i++) {
            String ours = written[i];
            if (ours != null && ours.equals(MDC.get(KEYS[i]))) {
                put(KEYS[i], written[KEYS.length + i]);
            }
        }
    }

    private static void put(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    private static boolean isZero(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
