package io.spanloom.desk;

/** A command cannot do what it was asked to; the message is for whoever typed it. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Nothing was done. */
    static final int FAILED = 1;

    /** It was asked for in a way that means nothing. */
    static final int MISUSED = 2;

    /** It was done, and there is something to look at: findings, refusals, a trace that is not there. */
    static final int FINDINGS = 3;

    private final int exitCode;

    CommandFailure(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
