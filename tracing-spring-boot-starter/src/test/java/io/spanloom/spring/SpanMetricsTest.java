package io.spanloom.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanloom.SpanListeners;
import io.spanloom.Tracing;
import io.spanloom.micrometer.SpanMetrics;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class SpanMetricsTest {

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SpanMetricsAutoConfiguration.class)
    static class Plain {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SpanMetricsAutoConfiguration.class)
    static class Metered {
        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OneName extends Metered {
        @Bean
        SpanMetrics metrics(MeterRegistry registry) {
            return SpanMetrics.to(registry, 1);
        }
    }

    private static ConfigurableApplicationContext run(Class<?> configuration) {
        return new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .run("--tracing.backend=log");
    }

    @Test
    void registryIsABean_spansAreItsMetricsUntilTheContextCloses() {
        MeterRegistry registry;
        try (ConfigurableApplicationContext context = run(Metered.class)) {
            registry = context.getBean(MeterRegistry.class);
            Tracing.run("charge", span -> {});

            assertThat(registry.get(SpanMetrics.TIMER)
                            .tag("name", "charge")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
        Tracing.run("charge", span -> {});

        assertThat(registry.get(SpanMetrics.TIMER).tag("name", "charge").timer().count())
                .isEqualTo(1);
    }

    @Test
    void metricsAreABean_theyListenAndNoOthersDo() {
        try (ConfigurableApplicationContext context = run(OneName.class)) {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            Tracing.run("charge", span -> {});
            Tracing.run("refund", span -> {});

            assertThat(registry.get(SpanMetrics.TIMER).timers())
                    .extracting(timer -> timer.getId().getTag("name"), timer -> timer.count())
                    .containsExactlyInAnyOrder(tuple("charge", 1L), tuple("(other)", 1L));
        }
    }

    @Test
    void noRegistry_nobodyListens() {
        try (ConfigurableApplicationContext context = run(Plain.class)) {
            assertThat(SpanListeners.stats()).isEmpty();
        }
    }
}
