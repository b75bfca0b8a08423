package io.spanloom;

/**
 * How an operation ended, by one rule for every backend.
 *
 * <p>An HTTP status decides where there is one: 429 is {@link #THROTTLE}, any other 4xx {@link #ERROR}, 5xx
 * {@link #FAULT}, all else {@link #OK}, whatever was thrown. Without a status, an exception that left the operation
 * (or {@link Span#fail}) makes it a {@link #FAULT}. This is the rule by which the OpenTelemetry collector's X-Ray
 * exporter sets X-Ray's three flags, so that both ways to X-Ray agree.
 */
public enum Outcome {
    OK,
    /** The caller's mistake: X-Ray's {@code error}. */
    ERROR,
    /** The caller asked too often: X-Ray's {@code error} and {@code throttle}. */
    THROTTLE,
    /** This side failed: X-Ray's {@code fault}, OpenTelemetry's status {@code ERROR}. */
    FAULT;

    /** The outcome that an HTTP status stands for. */
    public static Outcome ofHttpStatus(int status) {
        if (status == 429) {
            return THROTTLE;
        }
        if (status >= 400 && status <= 499) {
            return ERROR;
        }
        return status >= 500 && status <= 599 ? FAULT : OK;
    }
}
