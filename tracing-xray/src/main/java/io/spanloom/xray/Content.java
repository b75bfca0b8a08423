package io.spanloom.xray;

import io.spanloom.Aws;
import io.spanloom.Http;
import io.spanloom.Sql;
import io.spanloom.spi.Ids;
import io.spanloom.spi.SpanSize;
import io.spanloom.spi.ThrownException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded on a span beside the annotations of its own thread; made when something is. Pairs in arrays, because
 * most spans carry one to four values: a map costs 56 bytes and 32 to 40 an entry. Any thread may call its methods.
 */
final class Content {

    /** So many annotations, and as many metadata values, are kept: more than a document of 64 KiB can hold. */
    static final int VALUES = 1_000;

    /** So many exceptions with their causes are kept: more than a document of 64 KiB can hold. */
    static final int EXCEPTIONS = 100;

    private static final Object[] NOTHING = {};

    /** Key, value, key, value, ...; values are String, Long, Double or Boolean. Those that {@link XRaySpan} has not itself. */
    private Object[] annotations = NOTHING;

    /** Namespace, key, JSON, namespace, ... */
    private Object[] metadata = NOTHING;

    private int annotationLength;
    private int metadataLength;
    private int weight;
    private int leftOut;
    private @Nullable List<ExceptionChain> exceptions;
    private @Nullable List<SpanLink> links;
    private Http.@Nullable Request request;
    private Http.@Nullable Response response;
    private @Nullable Sql sql;
    private @Nullable Aws aws;
    private @Nullable String user;
    private @Nullable SdkContent sdk;

    /** Whether it holds annotations, so that what comes later has to come here, too. Asked without the lock. */
    boolean hasAnnotations() {
        return annotationLength > 0;
    }

    synchronized void annotation(String key, Object value) {
        for (int i = 0; i < annotationLength; i += 2) {
            if (key.equals(annotations[i])) {
                weight += length(value) - length(annotations[i + 1]);
                annotations[i + 1] = value;
                return;
            }
        }
        if (annotationLength >= 2 * VALUES) {
            leftOut++;
            return;
        }
        weight += key.length() + 16 + length(value);
        annotations = withRoom(annotations, annotationLength, 2);
        annotations[annotationLength++] = key;
        annotations[annotationLength++] = value;
    }

    static int length(Object value) {
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

    /** Core gives a bounded number of them. */
    synchronized void link(SpanLink link) {
        List<SpanLink> all = links;
        if (all == null) {
            all = new ArrayList<>(1);
            links = all;
        }
        all.add(link);
        weight += 80;
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

    synchronized void aws(Aws value) {
        aws = value;
        weight += 300;
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
        return Arrays.copyOf(annotations, annotationLength);
    }

    synchronized Object[] metadata() {
        return Arrays.copyOf(metadata, metadataLength);
    }

    synchronized List<ExceptionChain> exceptions() {
        return exceptions == null ? List.of() : List.copyOf(exceptions);
    }

    synchronized List<SpanLink> links() {
        return links == null ? List.of() : List.copyOf(links);
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

    synchronized @Nullable Aws aws() {
        return aws;
    }

    synchronized @Nullable String user() {
        return user;
    }

    /** How many values and exceptions were more than is kept. */
    synchronized int leftOut() {
        return leftOut;
    }

    /** The form, or the next smaller one in which every backend fits this into a document. */
    synchronized DocumentWriter.Form fitting(DocumentWriter.Form form, XRaySpan span) {
        boolean little = span.weight() < SpanSize.CERTAINLY_FITS;
        if (little && exceptions == null && request == null && sql == null && aws == null) {
            return form;
        }
        SpanSize size = size(span, true);
        DocumentWriter.Form fits = form;
        if (size.shedsFrames()) {
            fits = size(span, false).shedsFrames()
                    ? DocumentWriter.Form.WITHOUT_EXCEPTIONS
                    : DocumentWriter.Form.WITHOUT_STACKS;
        } else if (size.shedsMetadata()) {
            fits = DocumentWriter.Form.WITHOUT_METADATA;
        }
        return fits.compareTo(form) > 0 ? fits : form;
    }

    private SpanSize size(XRaySpan span, boolean frames) {
        SpanSize size = new SpanSize();
        span.annotations().forEach(size::annotation);
        for (int i = 0; i < metadataLength; i += 3) {
            size.metadata((String) metadata[i], (String) metadata[i + 1], (String) metadata[i + 2]);
        }
        for (ExceptionChain thrown : exceptions()) {
            size.exception(frames ? thrown.exceptions() : thrown.withoutFrames());
        }
        size.links(links().size());
        if (request != null) {
            size.request(request);
        }
        if (sql != null) {
            size.sql(sql);
        }
        if (aws != null) {
            size.aws(aws);
        }
        return size;
    }

    /** About how many bytes of JSON this makes. */
    synchronized int weight() {
        return weight;
    }
}
