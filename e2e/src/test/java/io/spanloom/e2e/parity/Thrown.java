package io.spanloom.e2e.parity;

import java.io.IOException;
import java.util.List;

/** How to make an exception. Not a record: two that look alike are two exceptions. */
final class Thrown {

    /** Which class it is of. */
    enum Type {
        RUNTIME,
        IO,
        NESTED,
        NO_STACK,
        BROKEN
    }

    /** A class of a class. */
    static final class Nested extends Error {
        private static final long serialVersionUID = 1;

        Nested(String message) {
            super(message);
        }
    }

    static final class NoStack extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoStack(String message) {
            super(message);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }

        @Override
        public void setStackTrace(StackTraceElement[] frames) {
            // It has none.
        }
    }

    /** Cannot be asked for anything. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken() {}

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no stack");
        }
    }

    private final Type type;
    private final String message;
    private final List<StackTraceElement> frames;
    private final Thrown cause;
    private final Thrown suppressed;
    private final boolean cycle;

    /** @param cycle whether the end of the chain names its beginning as its cause */
    Thrown(Type type, String message, List<StackTraceElement> frames, Thrown cause, Thrown suppressed, boolean cycle) {
        this.type = type;
        this.message = message;
        this.frames = frames;
        this.cause = cause;
        this.suppressed = suppressed;
        this.cycle = cycle;
    }

    Throwable make() {
        Throwable made = alone();
        Throwable last = made;
        for (Thrown next = cause; next != null; next = next.cause) {
            Throwable below = next.alone();
            last.initCause(below);
            last = below;
        }
        if (cycle && last != made) {
            last.initCause(made);
        }
        return made;
    }

    private Throwable alone() {
        Throwable made = switch (type) {
            case RUNTIME -> new IllegalStateException(message);
            case IO -> new IOException(message);
            case NESTED -> new Nested(message);
            case NO_STACK -> new NoStack(message);
            case BROKEN -> new Broken();
        };
        made.setStackTrace(frames.toArray(new StackTraceElement[0]));
        if (suppressed != null) {
            made.addSuppressed(suppressed.alone());
        }
        return made;
    }

    @Override
    public String toString() {
        return type + "(" + Literal.of(message) + ", frames=" + frames.size()
                + (frames.isEmpty() || frames.size() > 3 ? "" : Literal.of(frames.toString()))
                + (cause == null ? "" : ", cause=" + cause)
                + (cycle ? ", cyclic" : "") + ")";
    }
}
