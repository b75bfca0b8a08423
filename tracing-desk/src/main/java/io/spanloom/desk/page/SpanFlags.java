package io.spanloom.desk.page;

import io.spanloom.desk.TraceSpan;

/** What the page knows of each span without asking for its details, one bit each; {@code flags.js} has the same. */
final class SpanFlags {
    static final int ERROR = 1;
    static final int FAULT = 2;
    static final int THROTTLE = 4;
    static final int SEGMENT = 8;
    static final int IN_PROGRESS = 16;
    static final int ORPHAN = 32;
    static final int REMOTE = 64;
    static final int AWS = 128;
    static final int SQL = 256;
    static final int HTTP = 512;
    static final int EXCEPTION = 1024;
    static final int HINT = 2048;
    static final int SECRET = 4096;
    static final int OTLP = 8192;

    private SpanFlags() {}

    static int of(TraceSpan span) {
        return bit(span.error(), ERROR)
                | bit(span.fault(), FAULT)
                | bit(span.throttle(), THROTTLE)
                | bit(span.kind() == TraceSpan.Kind.SEGMENT, SEGMENT)
                | bit(span.inProgress(), IN_PROGRESS)
                | bit("remote".equals(span.namespace()), REMOTE)
                | bit("aws".equals(span.namespace()), AWS)
                | bit(span.details().containsKey("sql"), SQL)
                | bit(!span.http().isEmpty(), HTTP)
                | bit(!span.exceptions().isEmpty(), EXCEPTION)
                | bit(span.source() == TraceSpan.Source.OTLP, OTLP)
                | bit(Lint.found(span), HINT)
                | bit(Secrets.found(span), SECRET);
    }

    private static int bit(boolean set, int bit) {
        return set ? bit : 0;
    }
}
