package io.spanloom.internal;

import io.spanloom.spi.Reporter;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Annotations' keys as they are written, and the people told where that is not as they were given: each key once, and two keys
 * that are written as one.
 */
public final class AnnotationKeys {

    /** So many keys are known at most: those that a program makes from its data have no end. */
    static final int KNOWN = 200;

    /** Characters of a key that a message shows. */
    private static final int SHOWN_CHARS = 80;

    /** Keys that one message names. */
    private static final int SHOWN = 10;

    private static final long QUIET_NANOS = 60_000_000_000L;

    /** Keys as written, by the keys given. */
    private static final Map<String, String> WRITTEN = new ConcurrentHashMap<>();

    /** The first key that was written as another one, by that other one. */
    private static final Map<String, String> FIRST = new ConcurrentHashMap<>();

    private static final Words CHANGED = new Words(
            "TRC-024",
            "annotation keys take letters, digits and _ alone, so that these are written otherwise (each is named once): ");

    private static final Words MET = new Words(
            "TRC-025",
            "annotation keys are written as the same one, and of those on one span the last value alone stays: ");

    private static volatile boolean any;

    private AnnotationKeys() {}

    /** The key as X-Ray and OpenTelemetry both get it; see {@link Names#annotationKey}. */
    public static String written(String key) {
        String written = Names.annotationKey(key);
        if (!written.equals(key)) {
            return changed(key, written);
        }
        if (any) {
            meets(key, written);
        }
        return written;
    }

    private static String changed(String key, String written) {
        String known = WRITTEN.get(key);
        if (known != null) {
            CHANGED.sayWhatIsLeft();
            MET.sayWhatIsLeft();
            return known;
        }
        if (WRITTEN.size() < KNOWN && key.length() <= 2 * Names.KEY_CHARS && WRITTEN.put(key, written) == null) {
            any = true;
            CHANGED.say("'" + shown(key) + "' as " + shown(written));
            FIRST.putIfAbsent(written, key);
            meets(key, written);
        }
        return written;
    }

    private static void meets(String key, String written) {
        String first = FIRST.get(written);
        if (first != null && !first.equals(key)) {
            MET.say("'" + shown(first) + "' and '" + shown(key) + "' as " + shown(written));
        }
    }

    private static String shown(String key) {
        return Names.cut(key, SHOWN_CHARS).replaceAll("\\p{Cntrl}+", " ");
    }

    /** As if no key had been seen: for tests. */
    static void forget() {
        any = false;
        WRITTEN.clear();
        FIRST.clear();
        CHANGED.forget();
        MET.forget();
    }

    /** What is said once for each key, by a message that is said at most once a minute. */
    private static final class Words {
        private final String code;
        private final String text;
        private final Set<String> known = ConcurrentHashMap.newKeySet();
        private final Set<String> left = new LinkedHashSet<>();
        private volatile boolean anyLeft;
        private volatile long next;

        Words(String code, String text) {
            this.code = code;
            this.text = text;
        }

        void say(String what) {
            if (known.size() >= 2 * KNOWN || !known.add(what)) {
                sayWhatIsLeft();
                return;
            }
            synchronized (this) {
                left.add(what);
                next = System.nanoTime();
                anyLeft = true;
            }
            sayWhatIsLeft();
        }

        void sayWhatIsLeft() {
            if (!anyLeft || System.nanoTime() - next < 0) {
                return;
            }
            synchronized (this) {
                StringBuilder some = new StringBuilder(text);
                Iterator<String> each = left.iterator();
                for (int i = 0; i < SHOWN && each.hasNext(); i++) {
                    some.append(i == 0 ? "" : ", ").append(each.next());
                }
                if (each.hasNext()) {
                    some.append(" and ").append(left.size() - SHOWN).append(" more");
                }
                if (anyLeft && Reporter.warn(code, some.toString())) {
                    left.clear();
                    anyLeft = false;
                }
                next = System.nanoTime() + QUIET_NANOS;
            }
        }

        synchronized void forget() {
            known.clear();
            left.clear();
            anyLeft = false;
        }
    }
}
