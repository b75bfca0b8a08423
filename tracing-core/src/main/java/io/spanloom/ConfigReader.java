package io.spanloom;

import io.spanloom.TracingConfig.Setting;
import io.spanloom.spi.Reporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lays the sources over each other, and judges: unknown keys with the nearest known one, values that are not allowed. */
final class ConfigReader {

    /** Keys below these belong to modules that may be absent: the same file must serve with and without them. */
    private static final List<String> OTHER_MODULES = List.of(
            "tracing.xray.",
            "tracing.otel.",
            "tracing.weave.",
            "tracing.sampling.",
            "tracing.http.",
            "tracing.sql.",
            "tracing.rollbar.");

    static final String VARIABLE = "environment variable ";

    private final Map<String, ConfigKey<?>> keys = new TreeMap<>();
    private final ConfigSources sources;
    private final List<String> problems = new ArrayList<>();

    ConfigReader(Collection<ConfigKey<?>> known, ConfigSources sources) {
        known.forEach(key -> keys.put(key.name(), key));
        this.sources = sources;
    }

    Map<String, Setting> read(Map<String, Setting> code) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        sources.file().forEach((name, text) -> {
            checkKnown(name, sources.fileOrigin());
            settings.put(name, new Setting(text.trim(), sources.fileOrigin()));
        });
        for (ConfigKey<?> key : keys.values()) {
            Setting given = fromEnvironment(key);
            // A file that says how to sample means us; the variable may be meant for another SDK in the process.
            boolean weak = given != null && given.origin().equals(VARIABLE + TracingConfig.OTEL_TRACES_SAMPLER);
            if (given != null && !(weak && settings.containsKey(key.name()))) {
                settings.put(key.name(), given);
            }
            String property = sources.systemProperties().get(key.name());
            if (property != null) {
                settings.put(key.name(), new Setting(property.trim(), "system property " + key.name()));
            }
        }
        code.forEach((name, setting) -> {
            checkKnown(name, setting.origin());
            settings.put(name, setting);
        });
        settings.forEach(this::checkValue);
        if (!problems.isEmpty()) {
            Setting strict = settings.get(TracingConfig.STRICT.name());
            throw new TracingConfigException(problems, strict != null && Boolean.parseBoolean(strict.text()));
        }
        warnOfUnknown();
        return settings;
    }

    private @Nullable Setting fromEnvironment(ConfigKey<?> key) {
        String own = sources.environment().get(key.variable());
        if (own != null && !own.isBlank()) {
            return new Setting(own.trim(), VARIABLE + key.variable());
        }
        for (ConfigKey.Alias alias : key.aliases()) {
            String text = sources.environment().get(alias.variable());
            String ours =
                    text == null || text.isBlank() ? null : alias.translation().apply(text);
            if (ours != null) {
                return new Setting(ours.trim(), VARIABLE + alias.variable());
            }
        }
        return null;
    }

    private void checkValue(String name, Setting setting) {
        ConfigKey<?> key = keys.get(name);
        if (key != null) {
            try {
                key.parse(setting.text());
            } catch (RuntimeException refused) {
                problems.add(TracingConfig.problem(key, setting, refused));
            }
        }
    }

    private void checkKnown(String name, String origin) {
        if (!isKnown(name)) {
            problems.add(unknown(name, origin));
        }
    }

    private boolean isKnown(String name) {
        return keys.containsKey(name)
                || OTHER_MODULES.stream().anyMatch(prefix -> name.startsWith(prefix) && !isModulePresent(prefix));
    }

    private boolean isModulePresent(String prefix) {
        return keys.keySet().stream()
                .anyMatch(known -> known.startsWith(prefix) && !known.equals(TracingConfig.SAMPLING_RULES.name()));
    }

    private void warnOfUnknown() {
        List<String> unknown = new ArrayList<>();
        for (String name : sources.systemProperties().keySet()) {
            if (name.startsWith("tracing.") && !name.equals(ConfigSources.LOCATION) && !isKnown(name)) {
                unknown.add(unknown(name, "system property " + name));
            }
        }
        for (String variable : sources.environment().keySet()) {
            if (variable.startsWith("TRACING_") && !variable.equals("TRACING_CONFIG")) {
                String name = variable.toLowerCase(java.util.Locale.ROOT).replace('_', '.');
                boolean known =
                        keys.values().stream().anyMatch(key -> key.variable().equals(variable));
                if (!known && !isKnown(name)) {
                    unknown.add(unknown(name, VARIABLE + variable));
                }
            }
        }
        if (!unknown.isEmpty()) {
            Reporter.warn("TRC-003", String.join("; ", unknown)); // in one, for a code is said once a minute
        }
    }

    private String unknown(String name, String origin) {
        String nearest = Nearest.of(name, keys.keySet());
        return "unknown key " + name
                + (nearest == null
                        ? "; known keys: " + String.join(", ", keys.keySet()) + ". "
                        : "; did you mean " + nearest + "? ")
                + "It comes from " + origin;
    }
}
