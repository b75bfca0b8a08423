package io.spanloom.http;

import io.spanloom.ConfigKey;
import io.spanloom.spi.ConfigKeyProvider;
import io.spanloom.spi.Glob;
import java.util.Arrays;
import java.util.List;

/** What can be configured of requests and calls. */
public final class HttpKeys implements ConfigKeyProvider {

    /** What is recorded of a URL's query string. */
    public enum Query {
        /** The names of its parameters; each value is {@code ***}. */
        NAMES,
        /** Nothing. */
        NONE,
        /** All; values of secret-looking names (password, token, signature, ...) are {@code ***}. */
        ALL
    }

    /** {@link Query}. */
    public static final ConfigKey<Query> QUERY = ConfigKey.oneOf("tracing.http.query", Query.NAMES)
            .describedAs("What is recorded of a URL's query string: the names of its parameters, nothing, or all of it"
                    + " but the values of secret-looking names");

    /** Whether {@code X-Forwarded-For} says who the client is. False where no proxy in front of the service sets it. */
    public static final ConfigKey<Boolean> FORWARDED_FOR = ConfigKey.truth("tracing.http.forwarded-for", true)
            .describedAs("Whether the first address in X-Forwarded-For is recorded as the client's");

    /** Paths of requests that are not traced. */
    public static final ConfigKey<List<Glob>> EXCLUDE = ConfigKey.of(
                    "tracing.http.exclude",
                    List.<Glob>of(),
                    "paths, separated by commas, with the wildcards * (any characters) and ?, such as /health,/static/*",
                    HttpKeys::paths)
            .describedAs("Paths of requests that are not traced");

    /** Called by the service loader. */
    public HttpKeys() {}

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(QUERY, FORWARDED_FOR, EXCLUDE);
    }

    private static List<Glob> paths(String text) {
        return Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(path -> !path.isEmpty())
                .map(path -> {
                    if (!path.startsWith("/") && !path.startsWith("*")) {
                        throw new IllegalArgumentException("a path begins with / or *: " + path);
                    }
                    return Glob.of(path);
                })
                .toList();
    }
}
