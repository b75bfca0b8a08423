package io.spanloom.e2e;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.ConfigKey;
import io.spanloom.TracingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Writes what the keys say of themselves: {@code docs/configuration.md} for readers, and the metadata by which IDEs complete
 * {@code application.yml}. {@code main} writes both files, {@link ConfigurationDocsTest} holds them.
 */
final class ConfigurationDocs {

    static final Path TABLE = Path.of("../docs/configuration.md");
    static final Path METADATA =
            Path.of("../tracing-spring-boot-starter/src/main/resources/META-INF/spring-configuration-metadata.json");

    private static final String INTRODUCTION = """
            # Configuration

            Every key, as the modules themselves know it. Each is also a system property (`-Dtracing.backend=otel`) and an
            environment variable (`TRACING_BACKEND=otel`); the first that says something wins: code, system property,
            environment, `tracing.properties` (or Spring's own sources, with the starter), default. A wrong value is an error
            that names the key, its origin and what is allowed; so is an unknown key in the file. `tracing.weave.*` is
            read by the weaver alone: [weaving.md](weaving.md#methods-by-configuration).

            | key | what it is for | allowed | default |
            |---|---|---|---|
            """;

    private ConfigurationDocs() {}

    private static List<ConfigKey<?>> keys() {
        return TracingConfig.keys().stream()
                .sorted(Comparator.comparing(ConfigKey::name))
                .toList();
    }

    static String table() {
        StringBuilder table = new StringBuilder(INTRODUCTION);
        for (ConfigKey<?> key : keys()) {
            table.append("| `")
                    .append(key.name())
                    .append("` | ")
                    .append(cell(key.description()))
                    .append(" | ")
                    .append(cell(key.allowed()))
                    .append(" | ")
                    .append(usual(key).isEmpty() ? "" : "`" + usual(key) + "`")
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;");
    }

    private static String usual(ConfigKey<?> key) {
        Object value = key.defaultValue();
        if (value instanceof Collection<?> many && many.isEmpty()) {
            return "";
        }
        if (value instanceof Duration none && none.isZero()) {
            return "off";
        }
        return value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
    }

    static String metadata() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode all = mapper.createObjectNode();
        ArrayNode properties = all.putArray("properties");
        ArrayNode hints = all.putArray("hints");
        for (ConfigKey<?> key : keys()) {
            ObjectNode property = properties.addObject();
            property.put("name", key.name());
            property.put("type", type(key));
            String description = key.description().isEmpty() ? "" : key.description() + ". ";
            property.put("description", description + "Allowed: " + key.allowed() + ".");
            if (key.defaultValue() instanceof Boolean truth) {
                property.put("defaultValue", truth);
            } else if (key.defaultValue() instanceof Integer number) {
                property.put("defaultValue", number);
            } else if (!usual(key).isEmpty()) {
                property.put("defaultValue", usual(key));
            }
            if (key.defaultValue() instanceof Enum<?> constant) {
                ArrayNode values = hints.addObject().put("name", key.name()).putArray("values");
                for (Enum<?> each : constant.getDeclaringClass().getEnumConstants()) {
                    values.addObject()
                            .put("value", each.name().toLowerCase(Locale.ROOT).replace('_', '-'));
                }
            }
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        return mapper.writer(printer).writeValueAsString(all) + "\n";
    }

    private static String type(ConfigKey<?> key) {
        return key.defaultValue() instanceof Boolean || key.defaultValue() instanceof Integer
                ? key.defaultValue().getClass().getName()
                : "java.lang.String";
    }

    public static void main(String[] args) throws IOException {
        Files.writeString(TABLE, table());
        Files.writeString(METADATA, metadata());
    }
}
