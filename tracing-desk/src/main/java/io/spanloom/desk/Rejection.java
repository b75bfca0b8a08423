package io.spanloom.desk;

import java.util.Locale;

/** Why the desk refused what was sent to it. Each reason is counted; the text is what the terminal shows. */
public enum Rejection {
    NO_NEWLINE("datagram without a newline after its header"),
    NO_HEADER("datagram without the header {\"format\":\"json\",\"version\":1}"),
    BAD_VERSION("datagram header with a version other than 1"),
    OVERSIZE("document larger than allowed"),
    TOO_DEEP("document beyond the limits of nesting (or with a number or name of absurd length)"),
    BAD_JSON("document is not one JSON object"),
    NO_ID("segment without id"),
    BAD_ID("id or parent_id is not 16 hex digits"),
    BAD_TRACE_ID("trace id missing or malformed"),
    NO_NAME("segment without name"),
    BAD_TIME("start_time missing, or a time that is no epoch second"),
    NO_PARENT("subsegment sent alone without parent_id"),
    BAD_OTLP("OTLP body that does not decode"),
    BAD_GZIP("OTLP body that is not the gzip it claims to be"),
    BAD_CONTENT_TYPE("OTLP body of an unknown content type or encoding"),
    BUSY("too many large bodies at once"),
    INTERNAL("the desk failed on it; please report this");

    private final String text;

    Rejection(String text) {
        this.text = text;
    }

    /** The status of HTTP that says so. */
    int status() {
        return this == OVERSIZE ? 413 : this == BUSY ? 503 : 400;
    }

    /** As in JSON and at the terminal: {@code no-newline}. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One line for people. */
    public String text() {
        return text;
    }
}
