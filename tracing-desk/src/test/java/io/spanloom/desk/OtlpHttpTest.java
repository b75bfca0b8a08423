package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpHttpTest {
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final SpanDraft draft = new SpanDraft(TraceSpan.Source.OTLP);

    @Test
    void newNames_fillTheBlock() {
        attributes.putAll(Map.of(
                "http.request.method", "GET",
                "url.full", "http://h/p?q",
                "user_agent.original", "curl",
                "network.peer.address", "10.0.0.1",
                "http.response.status_code", 204L));
        OtlpHttp.move(attributes, draft);

        assertThat(draft.http.get("request"))
                .isEqualTo(
                        Map.of("method", "GET", "url", "http://h/p?q", "user_agent", "curl", "client_ip", "10.0.0.1"));
        assertThat(draft.http.get("response")).isEqualTo(Map.of("status", 204L));
        assertThat(attributes).isEmpty();
    }

    @Test
    void oldNames_fillTheSameBlock() {
        attributes.putAll(Map.of(
                "http.method", "GET",
                "http.url", "http://h/p",
                "http.user_agent", "curl",
                "net.peer.ip", "::1",
                "http.status_code", 204L));
        OtlpHttp.move(attributes, draft);

        assertThat(draft.http.get("request"))
                .isEqualTo(Map.of("method", "GET", "url", "http://h/p", "user_agent", "curl", "client_ip", "::1"));
        assertThat(attributes).isEmpty();
    }

    @Test
    void noFullUrl_isPutTogether() {
        attributes.putAll(Map.of(
                "url.scheme",
                "https",
                "server.address",
                "h",
                "server.port",
                8443L,
                "url.path",
                "/p",
                "url.query",
                "q=1"));
        OtlpHttp.move(attributes, draft);

        assertThat(draft.http.get("request")).isEqualTo(Map.of("url", "https://h:8443/p?q=1"));
    }

    @Test
    void clientAddressWithoutPeer_wasForwarded() {
        attributes.putAll(Map.of("http.request.method", "GET", "client.address", "192.0.2.7"));
        OtlpHttp.move(attributes, draft);

        assertThat(draft.http.get("request"))
                .isEqualTo(Map.of("method", "GET", "client_ip", "192.0.2.7", "x_forwarded_for", true));
    }

    @Test
    void clientAddressThatIsNoIp_isDropped() {
        attributes.putAll(Map.of("http.request.method", "GET", "client.address", "some.host"));
        OtlpHttp.move(attributes, draft);

        assertThat(draft.http.get("request")).isEqualTo(Map.of("method", "GET"));
    }

    @Test
    void addressesAlone_makeNoBlockAndStay() {
        attributes.putAll(Map.of("server.address", "db", "network.peer.address", "10.0.0.1"));
        OtlpHttp.move(attributes, draft);

        assertThat(draft.http).isEmpty();
        assertThat(attributes).hasSize(2);
    }
}
