package io.spanloom.xray;

import io.spanloom.Http;
import io.spanloom.Sql;
import io.spanloom.spi.Ids;
import io.spanloom.spi.ThrownException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded on a span; made when something is. Pairs in arrays, because most spans carry one to four values: a
 * map costs 56 bytes and 32 to 40 an entry.
 */
final class Content {

    /** So many annotations, and as many metadata values, are kept: more than a document of 64 KiB can hold. */
    static final int VALUES = 1_000;

    /** So many exceptions with their causes are kept: more than a document of 64 KiB can hold. */
    static final int EXCEPTIONS = 100;

    private static final Object[] NOTHING = {};

    private static final VarHandle ANNOTATION_LENGTH;

    static {
        try {
            ANNOTATION_LENGTH = MethodHandles.lookup().findVarHandle(Content.class, "annotationLength", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * Key, value, key, value, ...; values are String, Long, Double or Boolean. Written by the span's own thread without a
     * lock, and for others to read up to {@link #annotationLength}, which is set when they are complete.
     */
    private Object[] annotations = NOTHING;

    /** The annotations that other threads recorded, and all of the span's own thread from then on; under the lock. */
    private volatile @Nullable Content byOthers;

    /** Namespace, key, JSON, namespace, ... */
    private Object[] metadata = NOTHING;

    private int annotationLength;
    private int metadataLength;
    private int weight;
    private int leftOut;
    private @Nullable List<ExceptionChain> exceptions;
    private Http.@Nullable Request request;
    private Http.@Nullable Response response;
    private @Nullable Sql sql;
    private @Nullable String user;
    private @Nullable SdkContent sdk;

    /** On the span's own thread, and on no other: no lock, which is half of what an annotation costs. */
    void ownAnnotation(String key, Object value) {
        if (byOthers == null) {
            keep(key, value);
        } else {
            annotation(key, value);
        }
    }

    /** On any thread. */
    synchronized void annotation(String key, Object value) {
        Content others = byOthers;
        if (others == null) {
            others = new Content();
            byOthers = others;
        }
        others.keep(key, value);
    }

    private void keep(String key, Object value) {
        int length = annotationLength;
        Object[] pairs = annotations;
        for (int i = 0; i < length; i += 2) {
            if (key.equals(pairs[i])) {
                pairs[i + 1] = value;
                return;
            }
        }
        if (length >= 2 * VALUES) {
            tooMany();
            return;
        }
        pairs = withRoom(pairs, length, 2);
        pairs[length] = key;
        pairs[length + 1] = value;
        annotations = pairs;
        ANNOTATION_LENGTH.setRelease(this, length + 2);
    }

    private synchronized void tooMany() {
        leftOut++;
    }

    private static int length(Object value) {
        return value instanceof String text ? text.length() : 8;
    }

    synchronized void metadata(String namespace, String key, String json) {
        for (int i = 0; i < metadataLength; i += 3) {
            if (namespace.equals(metadata[i]) && key.equals(metadata[i + 1])) {
                weight += json.length() - length(metadata[i + 2]);
                metadata[i + 2] = json;
                return;
            }
        }
        if (metadataLength >= 3 * VALUES) {
            leftOut++;
            return;
        }
        weight += namespace.length() + key.length() + json.length() + 16;
        metadata = withRoom(metadata, metadataLength, 3);
        metadata[metadataLength++] = namespace;
        metadata[metadataLength++] = key;
        metadata[metadataLength++] = json;
    }

    private static Object[] withRoom(Object[] array, int length, int step) {
        return length + step <= array.length ? array : Arrays.copyOf(array, Math.max(2 * step, 2 * array.length));
    }

    synchronized void exception(List<ThrownException> chain) {
        List<ExceptionChain> all = exceptions;
        if (all == null) {
            all = new ArrayList<>(1);
            exceptions = all;
        }
        if (all.size() >= EXCEPTIONS) {
            leftOut++;
            return;
        }
        all.add(new ExceptionChain(Ids.newSpanId(), chain));
        for (ThrownException thrown : chain) {
            weight += 100 + thrown.message().length() + 80 * thrown.frames().size();
        }
    }

    synchronized void request(Http.Request value) {
        request = value;
        weight += 100 + value.url().length();
    }

    synchronized void response(Http.Response value) {
        response = value;
        weight += 40;
    }

    synchronized void sql(Sql value) {
        sql = value;
        String query = value.query();
        weight += 200 + (query == null ? 0 : query.length());
    }

    synchronized void user(String value) {
        user = value;
        weight += 10 + value.length();
    }

    synchronized SdkContent sdk() {
        SdkContent made = sdk;
        if (made == null) {
            made = new SdkContent();
            sdk = made;
            weight += 200;
        }
        return made;
    }

    synchronized @Nullable SdkContent peekSdk() {
        return sdk;
    }

    synchronized Object[] annotations() {
        Content others = byOthers;
        Content all = others == null ? this : merged(others);
        int length = (int) ANNOTATION_LENGTH.getAcquire(all);
        return Arrays.copyOf(all.annotations, length);
    }

    /** Those of other threads after the span's own, in whose place they are where the key is the same. */
    private Content merged(Content others) {
        Content all = new Content();
        int length = (int) ANNOTATION_LENGTH.getAcquire(this);
        all.annotations = Arrays.copyOf(annotations, length);
        all.annotationLength = length;
        for (int i = 0; i < others.annotationLength; i += 2) {
            all.keep((String) others.annotations[i], others.annotations[i + 1]);
        }
        return all;
    }

    synchronized Object[] metadata() {
        return Arrays.copyOf(metadata, metadataLength);
    }

    synchronized List<ExceptionChain> exceptions() {
        return exceptions == null ? List.of() : List.copyOf(exceptions);
    }

    synchronized Http.@Nullable Request request() {
        return request;
    }

    synchronized Http.@Nullable Response response() {
        return response;
    }

    synchronized @Nullable Sql sql() {
        return sql;
    }

    synchronized @Nullable String user() {
        return user;
    }

    /** How many values and exceptions were more than is kept. */
    synchronized int leftOut() {
        Content others = byOthers;
        return leftOut + (others == null ? 0 : others.leftOut + merged(others).leftOut);
    }

    /** About how many bytes of JSON this makes. */
    synchronized int weight() {
        int length = (int) ANNOTATION_LENGTH.getAcquire(this);
        Content others = byOthers;
        int all = weight + (others == null ? 0 : others.weight());
        for (int i = 0; i < length; i += 2) {
            all += length(annotations[i]) + 16 + length(annotations[i + 1]);
        }
        return all;
    }
}
