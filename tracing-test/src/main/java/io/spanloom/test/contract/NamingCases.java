package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tracing.naming}: a request is named after the host that it asked for, where a pattern knows the host. */
abstract class NamingCases extends ContractCases {

    private static final String HOST = "4567-cruddur.ws-eu1.gitpod.io";

    NamingCases(BackendContract contract) {
        super(contract);
    }

    @Override
    void configure(TracingConfig.Builder builder) {
        builder.set(TracingConfig.NAMING, "*4567-cruddur.*.gitpod.io*, localhost:????");
    }

    private ObservedSpan request(String host) {
        Tracing.segment("GET /api/activities/home", Map.of("Host", host), Map::get)
                .close();
        return spans(1).named("GET /api/activities/home");
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, "4567-CRUDDUR.x.GITPOD.io", "localhost:4567"})
    void hostThatMatches_isTheServicesName(String host) {
        assertThat(request(host).service()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost", "localhost:45678", ""})
    void hostThatDoesNotMatch_leavesTheConfiguredName(String host) {
        assertThat(request(host).service()).isEqualTo(BackendContract.SERVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nX: y", " ", "/../", "ä", "[::1]"})
    void hostThatMatchesAndIsNone_leavesTheConfiguredName(String junk) {
        assertThat(request(HOST + junk).service()).isEqualTo(BackendContract.SERVICE);
    }

    @Test
    void hostThatIsEndless_leavesTheConfiguredName() {
        assertThat(request(HOST + "x".repeat(100_000)).service()).isEqualTo(BackendContract.SERVICE);
    }

    @Test
    void requestWithoutHeaders_isNamedAfterItsUrl() {
        Http.Request request = Http.request("GET", "https://user@" + HOST + "/api?q=1");
        Tracing.segment("home", request, Map.<String, String>of(), Map::get).close();

        assertThat(spans(1).named("home").service()).isEqualTo(HOST);
    }

    @Test
    void requestBelowAnother_isNamedAfterItsOwnHost() {
        try (Span outer = Tracing.segment("outer", Map.of("Host", HOST), Map::get)) {
            Tracing.segment("inner", Map.of("Host", "localhost:4567"), Map::get).close();
            Tracing.segment("third", Map.of("Host", "other"), Map::get).close();
        }

        ObservedSpans spans = spans(3);
        assertThat(spans.named("outer").service()).isEqualTo(HOST);
        assertThat(spans.named("inner").service()).isEqualTo("localhost:4567");
        assertThat(spans.named("third").service()).isEqualTo(BackendContract.SERVICE);
    }

    @Test
    void requestOfATrace_isNamedAfterItsHost() {
        Map<String, String> headers =
                Map.of("host", HOST, "traceparent", "00-6b0149315b2f0c6a1d2e3f4a5b6c7d8e-00f067aa0ba902b7-01");
        Tracing.segment("request", headers, Map::get).close();

        ObservedSpan request = spans(1).named("request");
        assertThat(request.service()).isEqualTo(HOST);
        assertThat(request.traceId()).isEqualTo("6b0149315b2f0c6a1d2e3f4a5b6c7d8e");
    }

    @Test
    void requestWithoutAHost_hasTheConfiguredName() {
        Tracing.segment("request", Map.<String, String>of(), Map::get).close();

        assertThat(spans(1).named("request").service()).isEqualTo(BackendContract.SERVICE);
    }
}
