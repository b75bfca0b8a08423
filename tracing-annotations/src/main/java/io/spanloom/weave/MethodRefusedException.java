package io.spanloom.weave;

/** One method cannot be woven. */
final class MethodRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    /** Its name and descriptor. */
    final String method;

    MethodRefusedException(String method, Throwable cause) {
        super(cause);
        this.method = method;
    }
}
