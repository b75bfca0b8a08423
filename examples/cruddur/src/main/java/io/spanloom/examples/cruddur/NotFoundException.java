package io.spanloom.examples.cruddur;

/** What was asked for is not there: the caller's mistake, answered with 404. */
final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotFoundException(String message) {
        super(message);
    }
}
