package io.spanloom.spi;

import io.spanloom.ConfigKey;
import java.util.List;

/**
 * A module that is no backend and can be configured: an edge such as {@code tracing-http}. Found by the service loader.
 *
 * <p>What it names is then known in the file, as a system property and as an environment variable, and checked with all
 * else when the configuration is read.
 */
public interface ConfigKeyProvider {

    /** The keys that the module understands, each below a prefix of the module's own. */
    List<ConfigKey<?>> keys();
}
