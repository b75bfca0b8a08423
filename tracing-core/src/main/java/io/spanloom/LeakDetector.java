package io.spanloom;

import io.spanloom.internal.Fatal;
import io.spanloom.spi.Reporter;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Remembers where each span and scope was opened, and names those that are certainly not closed as they should be: one
 * that is still current on its thread when what was opened there before it goes, and one that the garbage collector finds
 * open. Exists only while {@code tracing.debug.leaks} is on.
 *
 * <p>Nothing here keeps a span or a scope alive. Memory is bounded: what is open beyond {@value #MOST_OPEN} is not
 * watched, and {@value #MOST_PLACES} places are named.
 */
final class LeakDetector {

    private static final int MOST_OPEN = 10_000;
    private static final int MOST_PLACES = 1_000;
    private static final int FRAMES = 16;

    /** Whose frames are above the application's. */
    private static final Set<String> OURS =
            Set.of(Tracing.class.getName(), TraceContext.class.getName(), LeakDetector.class.getName());

    private final Set<Opening> open = ConcurrentHashMap.newKeySet();
    private final Set<String> named = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private final AtomicLong sequence = new AtomicLong();

    /** A span that the application must close; handles need no closing. */
    void opened(Span span) {
        if (span.ownsScope()) {
            span.extras().opening(opened(span, "span '" + span.name() + "'"));
        }
    }

    /** Null where too much is open already. */
    @Nullable
    Opening opened(Object subject, String what) {
        try {
            nameCollected();
            if (open.size() >= MOST_OPEN) {
                return null;
            }
            Opening opening = new Opening(subject, what);
            open.add(opening);
            return opening;
        } catch (Throwable thrown) {
            Fatal.rethrow(thrown);
            return null;
        }
    }

    List<Opened> open() {
        return open.stream()
                .sorted(Comparator.comparingLong(opening -> opening.number))
                .map(Opening::opened)
                .toList();
    }

    private void nameCollected() {
        for (Object next = collected.poll(); next != null; next = collected.poll()) {
            if (next instanceof Opening opening && open.remove(opening)) {
                name(opening, "was never closed");
            }
        }
    }

    /** Each place once; one that the reporter held back may be named the next time. */
    private void name(Opening opening, String fate) {
        Opened opened = opening.opened();
        String place = opened.place();
        if (named.size() >= MOST_PLACES || named.contains(place)) {
            return;
        }
        if (Reporter.warn(
                "TRC-042",
                opened + ", " + fate
                        + "; close it by try-with-resources, or use Tracing.call or run; for work that ends"
                        + " elsewhere, Span.detach")) {
            named.add(place);
        }
    }

    /** One span or scope, from its opening to its end. */
    final class Opening extends WeakReference<Object> {
        private final long number = sequence.incrementAndGet();
        private final String what;
        private final long threadId = Thread.currentThread().getId();
        private final String thread = Thread.currentThread().getName();
        /** Its elements are made when somebody asks. */
        private final Throwable at = new Throwable();

        private volatile boolean current = true;

        private Opening(Object subject, String what) {
            super(subject, collected);
            this.what = what;
        }

        /** Left on the thread that opened it: nothing that was opened there later may be current any more. */
        void left() {
            current = false;
            for (Opening other : open) {
                if (other.threadId == threadId && other.number > number && other.current) {
                    name(other, "was still current there when " + what + ", opened before it, was closed or detached");
                }
            }
        }

        void ended() {
            open.remove(this);
        }

        private Opened opened() {
            List<StackTraceElement> frames = new ArrayList<>();
            for (StackTraceElement frame : at.getStackTrace()) {
                if ((!frames.isEmpty() || !isOurs(frame)) && frames.size() < FRAMES) {
                    frames.add(frame);
                }
            }
            return new Opened(what, thread, current, frames);
        }

        private static boolean isOurs(StackTraceElement frame) {
            String name = frame.getClassName();
            int nested = name.indexOf('$');
            return OURS.contains(nested < 0 ? name : name.substring(0, nested))
                    || name.startsWith("io.spanloom.woven.")
                    || name.startsWith("java.lang.invoke.");
        }
    }
}
