package io.spanloom.woven;

/** A path that leads nowhere. */
final class NoSuchPropertyException extends ReflectiveOperationException {

    private static final long serialVersionUID = 1;

    NoSuchPropertyException(String message) {
        super(message);
    }
}
