package io.spanloom.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules that the service fetches through the daemon's TCP port, and that change while it runs. */
class RemoteSamplingIT {

    private static final Duration DEADLINE = Duration.ofSeconds(90);

    /** What the service would tell the next one. */
    private static String sent(Service service) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.url("/relay")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return Api.read(answer.body()).path(0).path("sent").asText();
    }

    private static void awaitSent(Service service, String sampled) {
        Awaitility.await()
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> sent(service).endsWith(sampled));
    }

    @ParameterizedTest
    @EnumSource
    void ruleThatChanges_isFollowedWithoutARestart(Daemon.Kind kind) throws Exception {
        try (Api api = new Api();
                Daemon daemon = kind.before(api)) {
            api.rule(0);
            try (Service service = Service.java(
                    daemon.address(), Map.of("TRACING_SAMPLING", "remote", "TRACING_SAMPLING_RULES", ""))) {
                awaitSent(service, "Sampled=0");
                api.rule(1);
                awaitSent(service, "Sampled=1");
                Awaitility.await()
                        .atMost(DEADLINE)
                        .until(() -> api.documents().stream()
                                .anyMatch(document -> kind == Daemon.Kind.COLLECTOR // it leaves the rule's name out
                                        || document.at("/aws/xray/rule_name")
                                                .asText()
                                                .equals("Everything")));
                api.rule(0);
                awaitSent(service, "Sampled=0");

                assertThat(api.statistics()).anySatisfy(counts -> {
                    assertThat(counts.path("RuleName").asText()).isEqualTo("Everything");
                    assertThat(counts.path("SampledCount").asInt()).isPositive();
                });
            }
        }
    }
}
