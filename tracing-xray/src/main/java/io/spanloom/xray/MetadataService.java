package io.spanloom.xray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;

/** A service of the platform that tells a process about itself, by HTTP, without any proxy. */
final class MetadataService {

    /** Such services are on the same host or one hop away: who has not answered by then is not there. */
    private static final int TIMEOUT_MILLIS = 2_000;

    /** An instance's identity document has about 500 bytes, a container's some kilobytes. */
    private static final int LONGEST = 256 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;

    MetadataService(URI base) {
        this.base = base;
    }

    /** An answer that is no success. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String what) {
            super(what);
        }
    }

    String text(String method, String path, Map<String, String> headers) throws IOException {
        URI uri = URI.create(base.toString().replaceFirst("/+$", "") + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        try {
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod(method);
            headers.forEach(connection::setRequestProperty);
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new RefusedException(uri + " answered " + status);
            }
            try (InputStream body = connection.getInputStream()) {
                return new String(body.readNBytes(LONGEST), java.nio.charset.StandardCharsets.UTF_8);
            }
        } finally {
            connection.disconnect();
        }
    }

    JsonNode json(String path, Map<String, String> headers) throws IOException {
        return object(text("GET", path, headers));
    }

    /** An object; what is none is an error in words that quote none of it. */
    static JsonNode object(String text) throws IOException {
        JsonNode read;
        try {
            read = JSON.readTree(text);
        } catch (IOException malformed) {
            throw new IOException("what it says is not JSON");
        }
        if (read == null || !read.isObject()) {
            throw new IOException("what it says is no JSON object");
        }
        return read;
    }
}
