package io.spanloom.spring;

import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.TracingConfigException;
import io.spanloom.spi.Reporter;
import io.spanloom.weave.Weaver;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Sets tracing up from the application's properties, and weaves: when logging works, and before any class of a bean is
 * loaded.
 */
final class TracingSetUp implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final String PREFIX = "tracing.";
    private static final String WEAVE = "tracing.weave.";

    /** Behind what sets logging up (20). */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 25;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        Map<String, Given> given = given(environment);
        configure(environment, given);
        Weaver.install(); // says by itself where it cannot, and what to do
    }

    /** A value, and which of Spring's sources has it. */
    private record Given(String value, String origin) {}

    /** What Spring's own sources say; system properties and the environment are read by the library itself. */
    private static Map<String, Given> given(ConfigurableEnvironment environment) {
        Map<String, Given> given = new LinkedHashMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (!(source instanceof EnumerablePropertySource<?> names)
                    || source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)
                    || source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
                continue;
            }
            for (String name : names.getPropertyNames()) {
                if (name.startsWith(PREFIX) && !given.containsKey(name) && isOurs(environment, name)) {
                    Object value = names.getProperty(name); // of this source, and not of a blank variable before it
                    given.put(name, new Given(text(environment, value), source.getName()));
                }
            }
        }
        return given;
    }

    private static String text(ConfigurableEnvironment environment, @Nullable Object value) {
        return value == null ? "" : environment.resolvePlaceholders(value.toString());
    }

    /** Not said by a system property or an environment variable, which go before it; a blank variable says nothing. */
    private static boolean isOurs(ConfigurableEnvironment environment, String name) {
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        PropertySource<?> variables =
                environment.getPropertySources().get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        Object said = variables == null ? null : variables.getProperty(variable);
        return System.getProperty(name) == null
                && (said == null || said.toString().isBlank());
    }

    /** Whoever says it: Spring's sources, a system property, {@code TRACING_STRICT}. */
    private static boolean isStrict(ConfigurableEnvironment environment, Map<String, Given> given) {
        Given ours = given.get(TracingConfig.STRICT.name());
        return Boolean.parseBoolean(
                ours != null ? ours.value : environment.getProperty(TracingConfig.STRICT.name(), "false"));
    }

    private static void configure(ConfigurableEnvironment environment, Map<String, Given> given) {
        TracingConfig.Builder builder = TracingConfig.builder();
        String application = environment.getProperty("spring.application.name");
        if (application != null && !application.isBlank()) {
            builder.defaultsTo(TracingConfig.SERVICE, application, "spring.application.name");
        }
        builder.defaultsTo(TracingConfig.LOG_MDC, "true", "the Spring Boot starter");
        given.forEach((name, value) -> {
            if (name.startsWith(WEAVE)) {
                System.setProperty(name, value.value); // the weaver reads no configuration but the JVM's
            } else {
                builder.set(name, value.value, value.origin);
            }
        });
        try {
            Tracing.reconfigure(builder.build());
        } catch (TracingConfigException wrong) {
            if (isStrict(environment, given)) {
                throw wrong;
            }
            Reporter.error("TRC-002", "tracing is off: " + wrong.getMessage(), null);
            Tracing.reconfigure(TracingConfig.builder().alone().backend("none").build());
        }
    }
}
