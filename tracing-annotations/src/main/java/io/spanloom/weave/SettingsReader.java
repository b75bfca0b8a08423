package io.spanloom.weave;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and judges the keys under {@code tracing.weave}. The weaver may not use core's reader: the agent has no core. */
final class SettingsReader {

    private static final String PREFIX = "tracing.weave.";
    private static final String FOREIGN = PREFIX + "foreign";
    private static final String INCLUDE = PREFIX + "include";
    private static final String EXCLUDE = PREFIX + "exclude";
    private static final String MAX = PREFIX + "include.max";
    private static final List<String> KEYS = List.of(FOREIGN, INCLUDE, EXCLUDE, MAX);

    private final Properties file;
    private final String fileOrigin;
    private final List<String> problems = new ArrayList<>();

    private SettingsReader(Properties file, String fileOrigin) {
        this.file = file;
        this.fileOrigin = fileOrigin;
    }

    /** Where the file is said to be, as for core; null where that is left to the class path. */
    static @Nullable String location() {
        String property = System.getProperty("tracing.config");
        String location = property != null ? property : System.getenv("TRACING_CONFIG");
        return location == null || location.isBlank() ? null : location;
    }

    static WeaveSettings ofFile(File file, String origin) {
        try (InputStream stream = new FileInputStream(file)) {
            return read(new InputStreamReader(stream, StandardCharsets.UTF_8), origin);
        } catch (IOException | IllegalArgumentException unreadable) {
            return unreadable(origin, unreadable);
        }
    }

    static WeaveSettings ofUrl(@Nullable URL url) {
        if (url == null) {
            return ofText("", "tracing.properties");
        }
        try (InputStream stream = url.openStream()) {
            return read(new InputStreamReader(stream, StandardCharsets.UTF_8), url.toString());
        } catch (IOException | IllegalArgumentException unreadable) {
            return unreadable(url.toString(), unreadable);
        }
    }

    static WeaveSettings ofText(String text, String origin) {
        try {
            return read(new StringReader(text), origin);
        } catch (IOException | IllegalArgumentException unreadable) {
            return unreadable(origin, unreadable);
        }
    }

    private static WeaveSettings unreadable(String origin, Exception why) {
        return new WeaveSettings(Set.of(), Selection.NONE, List.of(origin + " cannot be read: " + why));
    }

    private static WeaveSettings read(Reader reader, String origin) throws IOException {
        Properties file = new Properties();
        file.load(reader);
        return new SettingsReader(file, origin).read();
    }

    private WeaveSettings read() {
        checkKnown(file, fileOrigin);
        checkKnown(System.getProperties(), "the system properties");
        for (String variable : System.getenv().keySet()) {
            if (variable.startsWith(variable(PREFIX))
                    && KEYS.stream().noneMatch(key -> variable(key).equals(variable))) {
                problems.add("unknown environment variable " + variable + ". Known: " + String.join(", ", KEYS)
                        + ", in capitals with underscores");
            }
        }
        Set<Foreign> foreign = foreign();
        List<MethodRule> include = rules(INCLUDE, true);
        List<MethodRule> exclude = rules(EXCLUDE, false);
        int max = max();
        return !problems.isEmpty()
                ? new WeaveSettings(Set.of(), Selection.NONE, List.copyOf(problems))
                : foreign.isEmpty() && include.isEmpty() && exclude.isEmpty()
                        ? WeaveSettings.NONE
                        : new WeaveSettings(foreign, new Selection(include, exclude, max), List.of());
    }

    private void checkKnown(Properties properties, String origin) {
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PREFIX) && !KEYS.contains(name)) {
                problems.add("unknown key " + name + " (" + origin + "). Known: " + String.join(", ", KEYS));
            }
        }
    }

    /** Where a key's value comes from, in words; null where it has none. */
    private @Nullable String origin(String key) {
        if (System.getProperty(key) != null) {
            return "system property " + key;
        }
        String value = System.getenv(variable(key));
        return value != null && !value.isBlank()
                ? "environment variable " + variable(key)
                : file.getProperty(key) != null ? fileOrigin : null;
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private String text(String key) {
        String property = System.getProperty(key);
        if (property != null) {
            return property.trim();
        }
        String value = System.getenv(variable(key));
        return value != null && !value.isBlank()
                ? value.trim()
                : file.getProperty(key, "").trim();
    }

    private Set<Foreign> foreign() {
        if (text(FOREIGN).isEmpty()) {
            return Set.of();
        }
        Set<Foreign> foreign = EnumSet.noneOf(Foreign.class);
        for (String word : text(FOREIGN).split(",", -1)) {
            String name = word.trim().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !name.equals("none") && !addForeign(foreign, name)) {
                refuse(
                        FOREIGN,
                        "'" + word.trim() + "' is not known",
                        "",
                        "otel, xray, powertools, micrometer, several of" + " them separated by commas, or none");
            }
        }
        return foreign;
    }

    private static boolean addForeign(Set<Foreign> foreign, String name) {
        for (Foreign each : Foreign.values()) {
            if (each.word().equals(name)) {
                foreign.add(each);
                return true;
            }
        }
        return false;
    }

    private List<MethodRule> rules(String key, boolean including) {
        String text = text(key);
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            return RuleParser.parse(text, String.valueOf(origin(key)), including);
        } catch (RuleParser.RefusedException refused) {
            refuse(key, refused.getMessage(), RuleParser.pointing(text, refused), RuleParser.ALLOWED);
            return List.of();
        }
    }

    private int max() {
        String text = text(MAX);
        if (text.isEmpty()) {
            return Selection.DEFAULT_MAX;
        }
        try {
            int max = Integer.parseInt(text);
            if (max >= 0) {
                return max;
            }
        } catch (NumberFormatException words) {
            // Refused below.
        }
        refuse(MAX, "'" + text + "' is no number of methods", "", "0 to " + Integer.MAX_VALUE);
        return 0;
    }

    private void refuse(String key, @Nullable String why, String where, String allowed) {
        problems.add(key + " (" + origin(key) + "): " + why + where
                + (where.isEmpty() ? ". Allowed: " : "\n  allowed: ") + allowed);
    }
}
