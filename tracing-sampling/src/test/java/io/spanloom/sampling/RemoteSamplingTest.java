package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spanloom.SpanSpec;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Sampler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code tracing.sampling = remote}, with the thread that asks. */
class RemoteSamplingTest {

    private static TracingConfig.Builder configuration(StandIn daemon) {
        return TracingConfig.builder()
                .alone()
                .service("backend-java")
                .set(TracingConfig.SAMPLING, "remote")
                .set("tracing.sampling.daemon-address", daemon.client().toString());
    }

    @Test
    void rulesOfTheService_areInForceSoon() throws Exception {
        try (StandIn daemon = new StandIn().rules(Rules.rule("none", 1, 0, 0));
                Sampler sampler = configuration(daemon).build().sampler()) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(
                                    sampler.decide(SpanSpec.named("work"), null).rule())
                            .isEqualTo("none"));
        }
    }

    @Test
    void close_endsTheThreadThatAsks() throws Exception {
        try (StandIn daemon = new StandIn().rules(Rules.rule("none", 1, 0, 0))) {
            RemoteSampler sampler =
                    (RemoteSampler) configuration(daemon).build().sampler();
            await().atMost(Duration.ofSeconds(60)).until(() -> !daemon.asked.isEmpty());

            sampler.close();

            assertThat(sampler.awaitEnd(60)).isTrue();
        }
    }

    @Test
    void fileOfRules_decidesUntilTheDaemonAnswers() throws Exception {
        try (StandIn daemon = new StandIn();
                Sampler sampler = configuration(daemon)
                        .set(TracingConfig.SAMPLING_RULES, "classpath:xray.json")
                        .service("backend-flask")
                        .build()
                        .sampler()) {
            assertThat(sampler.decide(SpanSpec.named("work"), null).rule()).isEqualTo("Cruddur");
        }
    }
}
