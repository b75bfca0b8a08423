package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.spanloom.Diagnosis.Finding;
import io.spanloom.Diagnosis.Level;
import io.spanloom.spi.Findings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointCheckTest {

    private static List<Finding> checked(String protocol, int port) {
        Findings findings = new Findings();
        new EndpointCheck("otlp", protocol, "http://127.0.0.1:" + port + "/v1/traces").check(findings);
        return findings.list();
    }

    @ParameterizedTest
    @CsvSource({
        "200, OK, takes OTLP",
        "401, OK, asks for a key",
        "404, PROBLEM, answers 404",
        "503, PROBLEM, answers 503"
    })
    void answerOfTheEndpoint_saysWhetherItTakesSpans(int status, Level level, String text) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            assertThat(exchange.getRequestBody().readAllBytes()).isEmpty();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(checked("http/protobuf", server.getAddress().getPort()))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.level()).isEqualTo(level);
                        assertThat(finding.text()).contains(text);
                    });
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nobodyThere_isAProblemWithItsCure() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(checked("http/protobuf", free)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("TRC-150");
            assertThat(finding.cure()).contains("OTEL_EXPORTER_OTLP_ENDPOINT");
        });
    }

    @Test
    void grpc_isNotLookedAt() {
        assertThat(checked("grpc", 1))
                .singleElement()
                .extracting(Finding::level)
                .isEqualTo(Level.NOTE);
    }
}
