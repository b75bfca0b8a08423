package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spanloom.SpanSpec;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Sampler;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"%s", "tcp:%s udp:127.0.0.1:9", "udp:no-such-host.invalid:9 tcp:%s"})
    void addressOfTheBackend_isAskedByItsTcpHalf(String form) throws Exception {
        try (StandIn daemon = new StandIn().rules(Rules.rule("none", 1, 0, 0));
                Sampler sampler = TracingConfig.builder()
                        .alone()
                        .set(TracingConfig.SAMPLING, "remote")
                        .set("tracing.xray.daemon-address", form.formatted(daemon.client()))
                        .build()
                        .sampler()) {
            assertThat(sampler).asString().contains("through the daemon at " + daemon.client());
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(
                                    sampler.decide(SpanSpec.named("work"), null).rule())
                            .isEqualTo("none"));
        }
    }

    @Test
    void addressOfItsOwn_goesBeforeTheBackends() throws Exception {
        try (StandIn daemon = new StandIn().rules(Rules.rule("none", 1, 0, 0));
                Sampler sampler = configuration(daemon)
                        .set("tracing.xray.daemon-address", "127.0.0.1:9")
                        .build()
                        .sampler()) {
            assertThat(sampler).asString().contains("through the daemon at " + daemon.client());
        }
    }

    @Test
    void daemonThatIsNotAtTheBackendsAddress_leavesTheFallbackToDecide() throws Exception {
        StandIn gone = new StandIn();
        gone.close();
        try (Sampler sampler = TracingConfig.builder()
                .alone()
                .set(TracingConfig.SAMPLING, "remote")
                .set("tracing.xray.daemon-address", gone.client().toString())
                .build()
                .sampler()) {
            assertThat(sampler.decide(SpanSpec.named("work"), null).rule()).isEqualTo("Default");
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
