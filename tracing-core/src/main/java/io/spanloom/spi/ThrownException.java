package io.spanloom.spi;

import io.spanloom.internal.Fatal;
import io.spanloom.internal.Names;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One throwable as every backend records it: the outermost first, each followed by its cause.
 *
 * @param type the class name
 * @param message the message, at most {@value #MESSAGE_CHARS} characters; empty where there is none
 * @param frames the stack, at most {@value #FRAMES} frames (what the X-Ray SDK keeps), each in a form that
 *     {@link #stackText} does not distort
 * @param truncated frames left out; 0 where none were wanted
 */
public record ThrownException(String type, String message, List<StackTraceElement> frames, int truncated) {

    /** How many frames of a throwable are kept at most: what the X-Ray SDK keeps. */
    public static final int FRAMES = 50;

    /** How many throwables of a chain are looked at. */
    public static final int CAUSES = 10;

    static final int MESSAGE_CHARS = 1_000;

    private static final StackTraceElement[] NO_FRAMES = {};

    /**
     * A throwable and its causes, cut where the chain turns into a cycle and after {@value #CAUSES} throwables. A
     * throwable whose own methods throw is recorded by its type alone.
     */
    public static List<ThrownException> chain(Throwable thrown) {
        return chain(thrown, FRAMES);
    }

    /**
     * As {@link #chain(Throwable)}, with fewer frames of each.
     *
     * @param frames from 0 to {@value #FRAMES}; 0 does not ask the throwable for its stack, which is what costs
     */
    public static List<ThrownException> chain(Throwable thrown, int frames) {
        List<ThrownException> chain = new ArrayList<>(2);
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>(4));
        for (Throwable next = thrown; next != null && chain.size() < CAUSES && seen.add(next); next = causeOf(next)) {
            chain.add(of(next, frames));
        }
        return chain;
    }

    private static ThrownException of(Throwable thrown, int frames) {
        String type = thrown.getClass().getName();
        try {
            String message = thrown.getMessage();
            StackTraceElement[] all = frames == 0 ? NO_FRAMES : thrown.getStackTrace();
            int kept = Math.min(frames, all.length);
            return new ThrownException(
                    type,
                    message == null ? "" : Names.cut(message, MESSAGE_CHARS),
                    StackFrames.plain(all, kept),
                    all.length - kept);
        } catch (Throwable broken) {
            Fatal.rethrow(broken);
            return new ThrownException(type, "", List.of(), 0);
        }
    }

    /** The cause; null where there is none, or where the throwable's own method throws. */
    public static @Nullable Throwable causeOf(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable broken) {
            Fatal.rethrow(broken);
            return null;
        }
    }

    /**
     * The chain as text that the collector's X-Ray exporter reads back without loss: one {@code Caused by: } line per
     * cause, every frame with a line number, no line breaks inside messages, no "... n more".
     */
    public static String stackText(List<ThrownException> chain) {
        StringBuilder text = new StringBuilder(512);
        for (int i = 0; i < chain.size(); i++) {
            ThrownException thrown = chain.get(i);
            if (i > 0) {
                text.append("Caused by: ");
            }
            text.append(thrown.type);
            if (!thrown.message.isEmpty()) {
                text.append(": ").append(thrown.message.replace('\r', ' ').replace('\n', ' '));
            }
            text.append('\n');
            for (StackTraceElement frame : thrown.frames) {
                appendFrame(text, frame);
            }
            if (thrown.frames.isEmpty() && i + 1 < chain.size()) {
                // The exporter appends everything up to the next frame to the message: a chain needs one to end it.
                text.append("\tat unknown(Unknown:0)\n");
            }
        }
        return text.toString();
    }

    private static void appendFrame(StringBuilder text, StackTraceElement frame) {
        String file = frame.getFileName();
        text.append("\tat ")
                .append(frame.getClassName())
                .append('.')
                .append(frame.getMethodName())
                .append('(')
                .append(file == null ? "Unknown" : file)
                .append(':')
                .append(Math.max(0, frame.getLineNumber()))
                .append(")\n");
    }
}
