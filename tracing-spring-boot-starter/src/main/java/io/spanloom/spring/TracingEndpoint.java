package io.spanloom.spring;

import io.spanloom.ConfigKey;
import io.spanloom.Diagnosis;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.BackendStats;
import io.spanloom.weave.Weaver;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** {@code /actuator/tracing}: what is configured and where it comes from, what is woven, what happened to the spans. With {@code /doctor}, what is wrong. */
@Endpoint(id = "tracing")
public class TracingEndpoint {

    TracingEndpoint() {}

    /** All of it, as it is now. */
    @ReadOperation
    public Map<String, Object> tracing() {
        TracingConfig config = Tracing.config();
        Map<String, Object> settings = new LinkedHashMap<>();
        for (ConfigKey<?> key : TracingConfig.keys()) {
            settings.put(key.name(), Map.of("value", shown(config, key), "origin", config.origin(key)));
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("enabled", Tracing.isEnabled());
        all.put("backends", config.backends());
        all.put("spans", counts());
        all.put("woven", Weaver.report().toString());
        all.put("configuration", settings);
        return all;
    }

    /**
     * {@code /actuator/tracing/doctor}: what is wrong, and what to do; waits for answers, two seconds for each place that spans
     * go to. Null, which is "not found", for any other part.
     */
    @ReadOperation
    public @Nullable Map<String, Object> part(@Selector String part) {
        if (!part.equals("doctor")) {
            return null;
        }
        Diagnosis diagnosis = Tracing.doctor();
        return Map.of("healthy", diagnosis.isHealthy(), "findings", diagnosis.findings());
    }

    private static String shown(TracingConfig config, ConfigKey<?> key) {
        return key.isSecret() && config.isSet(key) ? "***" : String.valueOf(config.get(key));
    }

    static Map<String, Object> counts() {
        BackendStats stats = Tracing.stats();
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("offered", stats.offered());
        counts.put("delivered", stats.delivered());
        counts.put("dropped", stats.dropped());
        counts.put("queued", stats.queued());
        return counts;
    }
}
