package io.spanloom.test.contract;

import io.spanloom.Http;
import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.SpanSeed;
import io.spanloom.spi.ThrownException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A backend that fails at everything that it is asked, once it is set up: until then errors are strict. */
final class HostileBackend implements Backend {

    /** How it fails. */
    enum Mode {
        /** By an unchecked exception. */
        THROWS,
        /** By a checked one, which nobody declared. */
        THROWS_CHECKED,
        /** By an error. */
        ERRS,
        /** By overflowing the stack. */
        OVERFLOWS,
        /** By returning null, where it returns anything. */
        RETURNS_NULL,
        /** Its spans fail as in THROWS; it begins them well. */
        SPANS_THROW,
        /**
         * By never coming back from what core waits for: flush, stats and close. What runs amid the application's work it
         * does well: no backend may block there, and nothing could guard against one that does.
         */
        BLOCKS
    }

    private final Mode mode;
    private final CountDownLatch released = new CountDownLatch(1);

    HostileBackend(Mode mode) {
        this.mode = mode;
    }

    private static void fail(Mode mode) {
        switch (mode) {
            case THROWS, SPANS_THROW -> throw new IllegalStateException("hostile");
            case THROWS_CHECKED -> HostileBackend.<RuntimeException>sneak(new Exception("hostile"));
            case ERRS -> throw new AssertionError("hostile");
            case OVERFLOWS -> overflow(0);
            case RETURNS_NULL, BLOCKS -> {}
        }
    }

    /** Comes back from what it blocked in: so that no thread outlives a test. */
    void release() {
        released.countDown();
    }

    /** Not even an interrupt ends it. */
    private void failOrBlock() {
        fail(mode);
        boolean over = mode != Mode.BLOCKS;
        while (!over) {
            try {
                released.await();
                over = true;
            } catch (InterruptedException ignored) {
                // as hostile as can be
            }
        }
    }

    @SuppressWarnings("unchecked") // unchecked is what is tested
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @SuppressWarnings("InfiniteRecursion") // what is tested
    private static int overflow(int depth) {
        return 1 + overflow(depth + 1);
    }

    private void failUnlessBeginning() {
        if (mode != Mode.SPANS_THROW) {
            fail(mode);
        }
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what is tested
    private static <T> T nothing() {
        return null;
    }

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public Span start(SpanSpec spec, @Nullable SpanSeed seed) {
        failUnlessBeginning();
        return switch (mode) {
            case SPANS_THROW -> new HostileSpan(spec);
            case BLOCKS -> Span.noop();
            default -> nothing();
        };
    }

    @Override
    public Span current() {
        fail(mode);
        return mode == Mode.BLOCKS ? Span.noop() : nothing();
    }

    @Override
    public @Nullable Object capture() {
        fail(mode);
        return null;
    }

    @Override
    public @Nullable Object enter(@Nullable Object captured) {
        fail(mode);
        return null;
    }

    @Override
    public void leave(@Nullable Object entered) {
        fail(mode);
    }

    @Override
    public BackendStats stats() {
        failOrBlock();
        return nothing();
    }

    @Override
    public boolean flush(Duration timeout) {
        failOrBlock();
        return false;
    }

    @Override
    public void close() {
        failOrBlock();
    }

    /** Fails at all that is recorded on it. */
    private static final class HostileSpan extends Span {

        HostileSpan(SpanSpec spec) {
            super(spec.under(false), null, true);
        }

        private static void fail() {
            HostileBackend.fail(Mode.THROWS);
        }

        @Override
        public String traceId() {
            fail();
            return nothing();
        }

        @Override
        public String spanId() {
            fail();
            return nothing();
        }

        @Override
        protected void recordAnnotation(String key, String value) {
            fail();
        }

        @Override
        protected void recordAnnotation(String key, long value) {
            fail();
        }

        @Override
        protected void recordAnnotation(String key, double value) {
            fail();
        }

        @Override
        protected void recordAnnotation(String key, boolean value) {
            fail();
        }

        @Override
        protected void recordMetadata(String namespace, String key, String json) {
            fail();
        }

        @Override
        protected void recordException(List<ThrownException> chain) {
            fail();
        }

        @Override
        protected void recordHttp(Http.Request request) {
            fail();
        }

        @Override
        protected void recordHttp(Http.Response response) {
            fail();
        }

        @Override
        protected void recordSql(Sql sql) {
            fail();
        }

        @Override
        protected void recordUser(String user) {
            fail();
        }

        @Override
        protected void recordEvent(String name, long epochNanos, @Nullable String attributes) {
            fail();
        }

        @Override
        protected void recordLink(String traceId, String spanId) {
            fail();
        }

        @Override
        protected void leave() {
            fail();
        }

        @Override
        protected void recordEnd(Outcome outcome, long endEpochNanos) {
            fail();
        }
    }
}
