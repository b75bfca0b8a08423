package io.spanloom.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.TracingConfigException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultBootstrapContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What the starter makes of an application's properties and variables. */
class SetUpTest {

    private static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    private final ConfigurableEnvironment environment = new StandardEnvironment();

    @AfterEach
    void stop() {
        Tracing.shutdown();
    }

    private void start(Map<String, Object> variables, Map<String, Object> properties) {
        environment.getPropertySources().replace(VARIABLES, new SystemEnvironmentPropertySource(VARIABLES, variables));
        environment.getPropertySources().addLast(new MapPropertySource("application.yml", properties));
        ApplicationEnvironmentPreparedEvent event = new ApplicationEnvironmentPreparedEvent(
                new DefaultBootstrapContext(), new SpringApplication(), new String[0], environment);
        new LoggingDefaults().onApplicationEvent(event);
        new TracingSetUp().onApplicationEvent(event);
    }

    @Test
    void wrongValue_turnsTracingOffAndNotTheApplication() {
        start(Map.of(), Map.of("tracing.backend", "memory", "tracing.log.mdc", "perhaps"));

        assertThat(Tracing.isEnabled()).isFalse();
    }

    @Test
    void wrongValueWhileAVariableSaysStrict_stopsTheStart() {
        assertThatThrownBy(() -> start(Map.of("TRACING_STRICT", "true"), Map.of("tracing.log.mdc", "perhaps")))
                .isInstanceOf(TracingConfigException.class)
                .hasMessageContaining("tracing.log.mdc = perhaps is not allowed");
    }

    @Test
    void explicitFalse_leavesLogLinesAsTheyAre() {
        start(Map.of(), Map.of("tracing.backend", "memory", "tracing.log.mdc", "FALSE"));

        assertThat(environment.getProperty("logging.pattern.correlation")).isNull();
    }

    @Test
    void blankVariable_saysNothing() {
        start(
                Map.of("TRACING_SERVICE", " "),
                Map.of("tracing.backend", "memory", "tracing.service", "${shop}-java", "shop", "backend"));

        assertThat(Tracing.config().get(TracingConfig.SERVICE)).isEqualTo("backend-java");
        assertThat(Tracing.config().origin(TracingConfig.SERVICE)).isEqualTo("application.yml");
    }
}
