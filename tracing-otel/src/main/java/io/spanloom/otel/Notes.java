package io.spanloom.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.spanloom.Aws;
import io.spanloom.Http;
import io.spanloom.Sql;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.SpanSize;
import io.spanloom.spi.ThrownException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one OpenTelemetry span has to say as a whole: annotations and which attributes they are, one JSON object of metadata
 * per namespace, exceptions, the last request, response and statement. Not written as it comes, because of what is recorded twice
 * OpenTelemetry keeps both: an attribute of another type stands beside the first, one that the second request lacks
 * stays, and no attribute can be taken back. Any thread may add to it.
 */
final class Notes {

    /** So many annotations, and as many metadata values, are kept: as the X-Ray backend keeps. */
    static final int VALUES = 1_000;

    /** So many exceptions with their causes are kept: as the X-Ray backend keeps. */
    static final int EXCEPTIONS = 100;

    private static final Object[] NOTHING = {};

    /** Key, value, key, value: most spans carry one to four annotations, and a map costs 136 bytes and 40 a key. */
    private Object[] annotations = NOTHING;

    private int annotationLength;
    private Map<String, Map<String, String>> metadata = Map.of();
    /** Metadata of namespace {@code spanloom} that stands over the application's. */
    private Map<String, String> own = Map.of();

    private List<ThrownChain> exceptions = List.of();
    private int metadataCount;
    private int exceptionCount;
    private int linkCount;
    private int leftOut;
    /** Characters of what was recorded, without what replaced it: more than there are. */
    private long weight;

    private Http.@Nullable Request request;
    private Http.@Nullable Response response;
    private long responseNanos;
    private @Nullable Sql sql;
    private @Nullable Aws aws;

    /** @param value a String, Long, Double or Boolean */
    synchronized void annotation(String key, Object value) {
        weight += key.length() + (value instanceof String text ? text.length() : 24);
        for (int i = 0; i < annotationLength; i += 2) {
            if (key.equals(annotations[i])) {
                annotations[i + 1] = value;
                return;
            }
        }
        if (annotationLength >= 2 * VALUES) {
            leftOut++;
            return;
        }
        if (annotationLength == annotations.length) {
            annotations = Arrays.copyOf(annotations, Math.max(4, 2 * annotationLength));
        }
        annotations[annotationLength++] = key;
        annotations[annotationLength++] = value;
    }

    synchronized void metadata(String namespace, String key, String json) {
        Map<String, String> values = metadata.get(namespace);
        if (values == null || !values.containsKey(key)) {
            if (metadataCount >= VALUES) {
                leftOut++;
                return;
            }
            metadataCount++;
        }
        if (values == null) {
            values = new LinkedHashMap<>();
            namespaces().put(namespace, values);
        }
        values.put(key, json);
        weight += namespace.length() + key.length() + json.length();
    }

    synchronized void own(String key, String json) {
        if (own.isEmpty()) {
            own = new LinkedHashMap<>(4);
        }
        own.put(key, json);
    }

    /** Made when first written to. */
    private Map<String, Map<String, String>> namespaces() {
        if (metadata.isEmpty()) {
            metadata = new LinkedHashMap<>(4);
        }
        return metadata;
    }

    synchronized void exception(List<ThrownException> chain, long epochNanos) {
        if (exceptionCount++ >= EXCEPTIONS) {
            leftOut++;
            return;
        }
        if (exceptions.isEmpty()) {
            exceptions = new ArrayList<>(1);
        }
        exceptions.add(new ThrownChain(chain, epochNanos));
        weight += SpanSize.CERTAINLY_FITS; // looked at more closely at the end
    }

    synchronized void link() {
        linkCount++;
        weight += 80;
    }

    synchronized void request(Http.Request value) {
        request = value;
        weight += value.url().length() + value.method().length() + length(value.userAgent()) + length(value.clientIp());
    }

    synchronized void response(Http.Response value, long epochNanos) {
        response = value;
        responseNanos = epochNanos;
    }

    synchronized void sql(Sql value) {
        sql = value;
        weight +=
                3L * value.database().length() + length(value.server()) + length(value.user()) + length(value.query());
    }

    synchronized void aws(Aws value) {
        aws = value;
        weight += SpanSize.CERTAINLY_FITS; // looked at more closely at the end
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** May be called again, and again writes what has come since. */
    synchronized void writeTo(Span span) {
        shed();
        for (ThrownChain thrown : exceptions) {
            thrown.writeTo(span);
        }
        exceptions = List.of();
        writeHttpTo(span);
        if (sql != null) {
            writeTo(span, sql);
            sql = null;
        }
        if (aws != null) {
            AwsAttributes.write(span, aws);
            aws = null;
        }
        if (annotationLength > 0) {
            String[] keys = new String[annotationLength / 2];
            for (int i = 0; i < annotationLength; i += 2) {
                keys[i / 2] = (String) annotations[i];
                writeTo(span, keys[i / 2], annotations[i + 1]);
            }
            span.setAttribute(Keys.ANNOTATIONS, List.of(keys));
        }
        if (leftOut > 0) {
            own("left_out", Integer.toString(leftOut));
        }
        if (!own.isEmpty()) {
            Map<String, String> others = namespaces().putIfAbsent("spanloom", own);
            if (others != null) {
                others.putAll(own);
            }
        }
        metadata.forEach((namespace, values) -> span.setAttribute(Keys.METADATA + namespace, object(values)));
    }

    /** Leaves out what X-Ray's document has no room for, as the X-Ray backend does. */
    private void shed() {
        if (weight < SpanSize.CERTAINLY_FITS) {
            return;
        }
        SpanSize size = size();
        if (!size.shedsMetadata()) {
            return;
        }
        metadata = Map.of();
        String gone = "metadata";
        if (size.shedsFrames()) {
            exceptions.replaceAll(ThrownChain::withoutFrames);
            gone = "metadata, stack frames";
            if (size().shedsFrames()) {
                exceptions
                        .subList(Math.min(1, exceptions.size()), exceptions.size())
                        .clear();
                gone = "metadata, stack frames, exceptions";
            }
        }
        own("shed", Json.quoted(gone));
        Reporter.warn(
                "TRC-153", "a span was sent without its " + gone + ": X-Ray's document of it has no room for them");
    }

    private SpanSize size() {
        SpanSize size = new SpanSize();
        for (int i = 0; i < annotationLength; i += 2) {
            size.annotation((String) annotations[i], annotations[i + 1]);
        }
        metadata.forEach((namespace, values) -> values.forEach((key, json) -> size.metadata(namespace, key, json)));
        exceptions.forEach(thrown -> size.exception(thrown.chain()));
        size.links(linkCount);
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

    private static void writeTo(Span span, String key, Object value) {
        if (value instanceof Long number) {
            span.setAttribute(AttributeKey.longKey(key), number);
        } else if (value instanceof Double number) {
            span.setAttribute(AttributeKey.doubleKey(key), number);
        } else if (value instanceof Boolean truth) {
            span.setAttribute(AttributeKey.booleanKey(key), truth);
        } else {
            span.setAttribute(key, (String) value);
        }
    }

    private void writeHttpTo(Span span) {
        if (request != null) {
            span.setAttribute(Keys.HTTP_METHOD, request.method());
            span.setAttribute(Keys.HTTP_URL, request.url());
            set(span, Keys.HTTP_USER_AGENT, request.userAgent());
            // Never both: the exporter says "forwarded" where there is a client and no peer.
            set(span, request.forwarded() ? Keys.CLIENT_ADDRESS : Keys.PEER_ADDRESS, request.clientIp());
            request = null;
        }
        if (response != null) {
            span.setAttribute(Keys.HTTP_STATUS, (long) response.status());
            if (response.contentLength() > 0) {
                Attributes size =
                        Attributes.of(Keys.MESSAGE_TYPE, "RECEIVED", Keys.MESSAGE_BYTES, response.contentLength());
                span.addEvent(Keys.MESSAGE_EVENT, size, responseNanos, TimeUnit.NANOSECONDS);
            }
            response = null;
        }
    }

    private static void writeTo(Span span, Sql sql) {
        span.setAttribute(Keys.DB_SYSTEM, sql.system());
        span.setAttribute(Keys.DB_NAME, sql.database());
        set(span, Keys.DB_SERVER, sql.server());
        set(span, Keys.DB_USER, sql.user());
        set(span, Keys.DB_STATEMENT, sql.query());
    }

    private static void set(Span span, AttributeKey<String> key, @Nullable String value) {
        if (value != null) {
            span.setAttribute(key, value);
        }
    }

    private static String object(Map<String, String> values) {
        StringBuilder json = new StringBuilder(64).append('{');
        values.forEach((key, value) -> {
            if (json.length() > 1) {
                json.append(',');
            }
            Json.quote(json, key);
            json.append(':').append(value);
        });
        return json.append('}').toString();
    }
}
