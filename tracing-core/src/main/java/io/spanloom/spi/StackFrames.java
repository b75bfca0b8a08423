package io.spanloom.spi;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stack frames whose names survive the way through text: the collector's exporter takes what precedes a slash for the name
 * of a module (hidden classes, those of lambdas, have one), a parenthesis for the end of the method (Kotlin's tests may have
 * one) and a colon for the end of the file.
 */
final class StackFrames {

    private StackFrames() {}

    /** The first frames; those whose names mean nothing to the exporter are the very same objects. */
    static List<StackTraceElement> plain(StackTraceElement[] frames, int count) {
        StackTraceElement[] kept = Arrays.copyOf(frames, count);
        for (int i = 0; i < count; i++) {
            kept[i] = plain(kept[i]);
        }
        return List.of(kept);
    }

    private static StackTraceElement plain(StackTraceElement frame) {
        String type = label(frame.getClassName());
        String method = label(frame.getMethodName());
        String file = file(frame.getFileName());
        boolean same = type.equals(frame.getClassName())
                && method.equals(frame.getMethodName())
                && (file == null || file.equals(frame.getFileName()));
        return same ? frame : new StackTraceElement(type, method, file, frame.getLineNumber());
    }

    private static String label(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/' || c == '(' || c < 0x20) {
                return oneLine(name.replace('/', '.').replace('(', '['));
            }
        }
        return name;
    }

    private static @Nullable String file(@Nullable String name) {
        for (int i = 0; name != null && i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == ':' || c < 0x20) {
                return oneLine(name.replace(':', '_'));
            }
        }
        return name;
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text);
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < 0x20) {
                line.setCharAt(i, ' ');
            }
        }
        return line.toString();
    }
}
