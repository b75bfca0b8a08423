package io.spanloom;

import io.spanloom.internal.Names;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a span tells about an HTTP exchange.
 *
 * <pre>{@code
 * span.http(Http.request("GET", "http://localhost/api/activities/home").userAgent("curl/8"));
 * span.http(Http.response(200).contentLength(512));
 * }</pre>
 *
 * <p>Values are kept as given, of each text {@value #CHARS} characters; leave secrets out of the URL (a query string is
 * recorded when it is part of it).
 */
public final class Http {

    /** Names no service's limit: several such texts fit into an X-Ray document of 64 KiB. */
    private static final int CHARS = 4_096;

    private Http() {}

    private static @Nullable String cut(@Nullable String text) {
        return text == null ? null : Names.cut(text, CHARS);
    }

    /** A request by method and full URL, as the client would write it. */
    public static Request request(String method, String url) {
        return new Request(method, url, null, null, false);
    }

    /** A response by status. */
    public static Response response(int status) {
        return new Response(status, 0);
    }

    /**
     * The request's part. Immutable; the withers return a copy.
     *
     * @param forwarded whether {@code clientIp} was taken from {@code X-Forwarded-For} (and may be forged)
     */
    public record Request(
            String method,
            String url,
            @Nullable String userAgent,
            @Nullable String clientIp,
            boolean forwarded) {
        public Request {
            method = Names.cut(Objects.requireNonNull(method, "method"), CHARS);
            url = Names.cut(Objects.requireNonNull(url, "url"), CHARS);
            userAgent = cut(userAgent);
            clientIp = cut(clientIp);
        }

        /** With the {@code User-Agent} header; null leaves it out. */
        public Request userAgent(@Nullable String value) {
            return new Request(method, url, value, clientIp, forwarded);
        }

        /** With the address of the peer that holds the connection; null leaves it out. */
        public Request clientIp(@Nullable String value) {
            return new Request(method, url, userAgent, value, false);
        }

        /** With the address that {@code X-Forwarded-For} claims; null leaves it out. */
        public Request forwardedFor(@Nullable String value) {
            return new Request(method, url, userAgent, value, value != null);
        }
    }

    /**
     * The response's part. Immutable; the withers return a copy.
     *
     * @param contentLength bytes of the body; 0 where it is not known, as negative ones say
     */
    public record Response(int status, long contentLength) {
        public Response {
            contentLength = Math.max(0, contentLength);
        }

        /** With the body's length in bytes; negative counts as not known. */
        public Response contentLength(long bytes) {
            return new Response(status, bytes);
        }
    }
}
