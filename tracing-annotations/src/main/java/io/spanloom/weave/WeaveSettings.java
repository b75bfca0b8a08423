package io.spanloom.weave;

import java.io.File;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is configured under {@code tracing.weave}: system properties before environment variables before the file
 * {@code tracing.properties}, which is the one that the loader of the class sees, so that each application of a container
 * has its own. Where any of it is wrong none of it counts, and our own annotations are woven as ever: half a selection
 * might trace what the other half was to keep out.
 *
 * @param problems what is wrong, a text each
 */
record WeaveSettings(Set<Foreign> foreign, Selection selection, List<String> problems) {

    static final WeaveSettings NONE = new WeaveSettings(Set.of(), Selection.NONE, List.of());

    private static final String FILE = "tracing.properties";
    private static final Map<String, WeaveSettings> KNOWN = new ConcurrentHashMap<>();

    /** No lambdas here: every start passes, and the first of them costs it milliseconds. */
    static WeaveSettings of(ClassLoader loader) {
        String location = SettingsReader.location();
        URL found = location == null ? resource(loader) : null;
        String key = location != null ? "file:".concat(location) : String.valueOf(found);
        WeaveSettings settings = KNOWN.get(key);
        if (settings != null) {
            return settings;
        }
        return keep(
                key,
                location != null ? SettingsReader.ofFile(new File(location), location) : SettingsReader.ofUrl(found));
    }

    private static @Nullable URL resource(ClassLoader loader) {
        try {
            return loader.getResource(FILE);
        } catch (RuntimeException | LinkageError unwilling) {
            return null;
        }
    }

    /** Of a build, or of a folder that is only looked at. */
    static WeaveSettings ofFolder(File classes) {
        String location = SettingsReader.location();
        File file = location == null ? new File(classes, FILE) : new File(location);
        return location != null || file.isFile()
                ? SettingsReader.ofFile(file, file.getPath())
                : SettingsReader.ofUrl(null);
    }

    /** Of one that has been read by somebody else. */
    static WeaveSettings ofText(String text, String origin) {
        String key = origin + '\n' + text;
        WeaveSettings settings = KNOWN.get(key);
        return settings != null ? settings : keep(key, SettingsReader.ofText(text, origin));
    }

    /** Two threads may read the same, which does no harm; only one of them says what is wrong with it. */
    private static WeaveSettings keep(String key, WeaveSettings fresh) {
        WeaveSettings first = KNOWN.putIfAbsent(key, fresh);
        if (first != null) {
            return first;
        }
        for (String each : fresh.problems) {
            AppLog.warn("TRC-070", each);
        }
        return fresh;
    }

    /** All that are in force in this JVM. */
    static Iterable<WeaveSettings> all() {
        return KNOWN.values();
    }

    /** Whether the annotation, by internal name, is one of those that are switched on. */
    boolean covers(String annotation) {
        return !foreign.isEmpty() && isOn(Foreign.ofAnnotation(annotation));
    }

    private boolean isOn(@Nullable Foreign whose) {
        return whose != null && foreign.contains(whose);
    }

    /** Empty where it is not switched on, or nobody's. */
    List<AnnotationFacts> translate(AnnotationFacts annotation) {
        Foreign whose = foreign.isEmpty() ? null : Foreign.ofAnnotation(annotation.type());
        return whose != null && foreign.contains(whose) ? List.of(whose.translate(annotation)) : List.of();
    }
}
