package io.spanloom.spi;

import io.spanloom.Aws;
import io.spanloom.Http;
import io.spanloom.Sql;
import io.spanloom.internal.JsonSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of an X-Ray document a span's content takes, counted from the content and not from the text of any
 * backend, so that all leave out the same: what is too large loses its metadata, and where that is not enough the frames of
 * its exceptions. Not for several threads.
 *
 * <pre>{@code
 * SpanSize size = new SpanSize();
 * size.metadata(namespace, key, json);
 * if (size.shedsMetadata()) { ... }
 * }</pre>
 */
public final class SpanSize {

    /** So much is left for content: X-Ray's 64 KiB a document, less what every document has. */
    public static final int LIMIT = 60 * 1024;

    /** Content of fewer characters, counted in whatever way, cannot be too large: one becomes six bytes at most. */
    public static final int CERTAINLY_FITS = LIMIT / 8;

    private long metadata;
    private long frames;
    private long rest;

    /** Counts a value of metadata; {@code json} is JSON. */
    public void metadata(String namespace, String key, String json) {
        metadata += text(namespace) + text(key) + utf8(json) + 8L;
    }

    /** Counts an annotation. */
    public void annotation(String key, Object value) {
        rest += text(key) + (value instanceof String text ? text(text) : 24L);
    }

    /** Counts an exception with its causes. */
    public void exception(List<ThrownException> chain) {
        for (ThrownException thrown : chain) {
            rest += text(thrown.type()) + text(thrown.message()) + 150L;
            for (StackTraceElement frame : thrown.frames()) {
                frames += text(frame.getFileName()) + text(frame.getClassName()) + text(frame.getMethodName()) + 40L;
            }
        }
    }

    /** Counts a request. */
    public void request(Http.Request request) {
        rest += text(request.method()) + text(request.url()) + text(request.userAgent()) + text(request.clientIp());
    }

    /** Counts a statement. */
    public void sql(Sql sql) {
        rest += text(sql.server()) + 3L * text(sql.database()) + text(sql.user()) + text(sql.query());
    }

    /** Counts the call of an AWS service. */
    public void aws(Aws aws) {
        rest += text(aws.service()) + text(aws.operation()) + text(aws.region()) + text(aws.requestId());
        rest += text(aws.queueUrl());
        aws.tables().forEach(table -> rest += 2 * text(table));
        aws.further().forEach((key, value) -> rest += text(key) + text(value.toString()));
    }

    /** Counts so many links. */
    public void links(int count) {
        rest += 80L * count;
    }

    /** Whether all of it is too large for a document. */
    public boolean shedsMetadata() {
        return metadata + frames + rest > LIMIT;
    }

    /** Whether it is too large even without metadata. */
    public boolean shedsFrames() {
        return frames + rest > LIMIT;
    }

    /** Bytes of a text as a JSON string, with its quotes and a comma. */
    private static long text(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        long bytes = 3;
        for (int i = 0; i < text.length(); i++) {
            bytes += JsonSnapshot.jsonBytes(text, i);
        }
        return bytes;
    }

    private static long utf8(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += JsonSnapshot.utf8Bytes(text.charAt(i));
        }
        return bytes;
    }
}
