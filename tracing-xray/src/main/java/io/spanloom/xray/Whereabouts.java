package io.spanloom.xray;

import io.spanloom.TracingConfig;
import io.spanloom.spi.Reporter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the application runs, for the segments that we send: asked on a thread that lives for that, because the services
 * that know may not answer for seconds. Segments that leave earlier do not tell it.
 */
final class Whereabouts {

    /** Nobody was asked. */
    static final Whereabouts UNKNOWN = new Whereabouts();

    /**
     * What is known by now.
     *
     * @param origin null where nothing was found
     * @param aws entries of the segment's {@code aws} block
     */
    record Known(@Nullable String origin, Map<String, Object> aws) {
        static final Known NOTHING = new Known(null, Map.of());
    }

    private volatile Known known = Known.NOTHING;

    private Whereabouts() {}

    /** Begins to ask; returns at once. */
    static Whereabouts ask(TracingConfig config) {
        Set<AwsPlugin> plugins = config.get(PluginKeys.PLUGINS);
        if (plugins.isEmpty()) {
            return UNKNOWN;
        }
        Whereabouts here = new Whereabouts();
        Thread thread = new Thread(() -> here.find(plugins, config), "spanloom-xray-plugins");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        return here;
    }

    Known known() {
        return known;
    }

    /** One by one: what is found first is told first, and a platform that does not answer keeps nothing back but the rest. */
    private void find(Set<AwsPlugin> plugins, TracingConfig config) {
        Map<String, Object> aws = new LinkedHashMap<>();
        List<Map<String, Object>> logs = new ArrayList<>();
        String origin = null;
        for (AwsPlugin plugin : plugins) { // an EnumSet: in order of precedence
            AwsPlugin.Found found;
            try {
                found = plugin.find(config);
            } catch (Exception | LinkageError | StackOverflowError absent) {
                notFound(plugin, absent);
                continue;
            }
            origin = origin == null ? plugin.origin() : origin;
            aws.put(plugin.key(), found.about());
            if (found.logs() != null) {
                logs.add(found.logs());
                aws.put("cloudwatch_logs", List.copyOf(logs));
            }
            known = new Known(origin, Map.copyOf(aws));
        }
    }

    private static void notFound(AwsPlugin plugin, Throwable absent) {
        String name = plugin.name().toLowerCase(Locale.ROOT);
        Reporter.warn(
                plugin.code(),
                "tracing.xray.plugins names " + name + ", but " + plugin.origin() + " does not answer here: segments go"
                        + " without aws." + plugin.key() + ". Take " + name + " out where this does not run there",
                absent);
    }
}
