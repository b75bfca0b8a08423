package io.spanloom.http;

import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Glob;
import java.util.List;

/** The keys' values, parsed once per configuration: they are asked for with every request. */
record HttpSettings(TracingConfig config, HttpKeys.Query query, boolean forwardedFor, List<Glob> excluded) {

    private static volatile HttpSettings current = of(Tracing.config());

    /** What holds now. */
    static HttpSettings current() {
        TracingConfig config = Tracing.config();
        HttpSettings known = current;
        if (known.config != config) {
            known = of(config);
            current = known; // two threads may make equal ones
        }
        return known;
    }

    private static HttpSettings of(TracingConfig config) {
        return new HttpSettings(
                config, config.get(HttpKeys.QUERY), config.get(HttpKeys.FORWARDED_FOR), config.get(HttpKeys.EXCLUDE));
    }

    boolean excludes(String path) {
        for (int i = 0; i < excluded.size(); i++) {
            if (excluded.get(i).matches(path)) {
                return true;
            }
        }
        return false;
    }
}
