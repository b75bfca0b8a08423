package io.spanloom.desk;

/** What was sent cannot be taken, for this reason. Carries no stack trace: bad input is an everyday thing here. */
final class RejectedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Rejection reason;

    RejectedException(Rejection reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    Rejection reason() {
        return reason;
    }

    /** The particulars, for example where the JSON went wrong. */
    String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
