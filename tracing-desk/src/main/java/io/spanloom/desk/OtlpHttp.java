package io.spanloom.desk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of HTTP semantics, old names and new, as X-Ray's {@code http} block. Follows {@code awsxrayexporter}
 * 0.156 ({@code http.go}) in what it reads and in that addresses alone make no block. Unlike the exporter, which drops
 * addresses even then, they stay in metadata: a database span would otherwise lose its server.
 */
final class OtlpHttp {
    private static final List<String> METHOD = List.of("http.request.method", "http.method");
    private static final List<String> USER_AGENT = List.of("user_agent.original", "http.user_agent");
    private static final List<String> STATUS = List.of("http.status_code", "http.response.status_code");
    private static final List<String> URL = List.of("url.full", "http.url");
    private static final List<String> SCHEME = List.of("url.scheme", "http.scheme");
    private static final List<String> PATH = List.of("url.path", "http.target");
    private static final List<String> HOST =
            List.of("http.host", "server.address", "net.host.name", "net.peer.name", "http.server_name", "host.name");
    private static final List<String> PORT = List.of("server.port", "net.host.port", "net.peer.port");
    private static final List<String> CLIENT = List.of("client.address", "http.client_ip");
    private static final List<String> PEER = List.of("network.peer.address", "net.peer.ip");
    private static final String QUERY = "url.query";

    /** Any of these makes a block. */
    private static final List<List<String>> DECISIVE =
            List.of(METHOD, USER_AGENT, STATUS, URL, SCHEME, PATH, List.of(QUERY, "http.host", "http.client_ip"));

    private static final List<List<String>> ADDRESSES = List.of(HOST, PORT, CLIENT, PEER);

    /** Digits and dots, or hex digits with at least two colons: enough to tell an address from a name, without a look-up. */
    private static final Pattern IP =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private final Map<String, @Nullable Object> attributes;

    private OtlpHttp(Map<String, @Nullable Object> attributes) {
        this.attributes = attributes;
    }

    /** Takes what belongs to HTTP out of the attributes and puts it into the draft; does nothing if the span is not HTTP. */
    static void move(Map<String, @Nullable Object> attributes, SpanDraft draft) {
        if (DECISIVE.stream().flatMap(List::stream).noneMatch(attributes::containsKey)) {
            return;
        }
        OtlpHttp http = new OtlpHttp(attributes);
        http.putRequest(draft);
        http.putResponse(draft);
        DECISIVE.forEach(keys -> attributes.keySet().removeAll(keys));
        ADDRESSES.forEach(keys -> attributes.keySet().removeAll(keys));
    }

    private void putRequest(SpanDraft draft) {
        Map<String, Object> request = new LinkedHashMap<>();
        put(request, "method", text(METHOD));
        put(request, "url", url());
        put(request, "user_agent", text(USER_AGENT));
        String client = ip(text(CLIENT));
        String peer = ip(text(PEER));
        put(request, "client_ip", client.isEmpty() ? peer : client);
        if (!client.isEmpty() && text(PEER).isEmpty()) {
            request.put("x_forwarded_for", true);
        }
        if (!request.isEmpty()) {
            draft.http.put("request", request);
        }
    }

    private void putResponse(SpanDraft draft) {
        for (String key : STATUS) {
            if (attributes.get(key) instanceof Long status) {
                draft.http.put("response", new LinkedHashMap<>(Map.of("status", status)));
                return;
            }
        }
    }

    private String url() {
        String full = text(URL);
        if (!full.isEmpty()) {
            return full;
        }
        String path = text(PATH);
        String query = text(List.of(QUERY));
        String target = query.isEmpty() ? path : path + "?" + query;
        String host = text(HOST);
        if (host.isEmpty()) {
            return target;
        }
        String scheme = text(SCHEME);
        return (scheme.isEmpty() ? "http" : scheme) + "://" + host + port(host) + target;
    }

    private String port(String host) {
        for (String key : PORT) {
            Object port = attributes.get(key);
            if (port != null && host.indexOf(':') < 0) {
                return ":" + port;
            }
        }
        return "";
    }

    private static String ip(String text) {
        return IP.matcher(text).matches() ? text : "";
    }

    private String text(List<String> keys) {
        for (String key : keys) {
            if (attributes.get(key) instanceof String value && !value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private static void put(Map<String, Object> block, String key, String value) {
        if (!value.isEmpty()) {
            block.put(key, value);
        }
    }
}
