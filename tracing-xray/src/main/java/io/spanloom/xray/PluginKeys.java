package io.spanloom.xray;

import io.spanloom.ConfigKey;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The keys that say where to look for what a segment's {@code origin} and {@code aws} tell. */
final class PluginKeys {

    /** The platforms that are asked; none unless somebody says so, for what is not there costs a time-out. */
    static final ConfigKey<Set<AwsPlugin>> PLUGINS = ConfigKey.of(
                    "tracing.xray.plugins",
                    Set.<AwsPlugin>of(),
                    "ec2, ecs, eks, beanstalk, or several of them separated by commas",
                    PluginKeys::plugins)
            .describedAs("What is asked where the application runs, for segments' origin and aws");

    /** The instance metadata service. */
    static final ConfigKey<URI> EC2_ENDPOINT = endpoint("tracing.xray.ec2-endpoint", "http://169.254.169.254")
            .alias("AWS_EC2_METADATA_SERVICE_ENDPOINT")
            .describedAs("Where EC2's metadata service is asked");

    /** The task metadata endpoint; ECS sets the variables. */
    static final ConfigKey<URI> ECS_ENDPOINT = endpoint("tracing.xray.ecs-endpoint", "")
            .alias("ECS_CONTAINER_METADATA_URI_V4")
            .alias("ECS_CONTAINER_METADATA_URI")
            .describedAs("Where ECS's task metadata endpoint is asked");

    /** What Elastic Beanstalk writes. */
    static final ConfigKey<String> BEANSTALK_FILE = ConfigKey.text(
                    "tracing.xray.beanstalk-file", "/var/elasticbeanstalk/xray/environment.conf", "the path of a file")
            .describedAs("What Elastic Beanstalk writes about its environment");

    static final List<ConfigKey<?>> ALL = List.of(PLUGINS, EC2_ENDPOINT, ECS_ENDPOINT, BEANSTALK_FILE);

    private PluginKeys() {}

    private static Set<AwsPlugin> plugins(String text) {
        Set<AwsPlugin> named = EnumSet.noneOf(AwsPlugin.class);
        for (String part : text.split(",", -1)) {
            String word = part.trim();
            if (word.isEmpty() && text.isBlank()) {
                continue;
            }
            named.add(Arrays.stream(AwsPlugin.values())
                    .filter(plugin -> plugin.name().equals(word.toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is not a plugin known here")));
        }
        return named;
    }

    private static ConfigKey<URI> endpoint(String name, String usual) {
        return ConfigKey.of(name, URI.create(usual), "an address, as in http://127.0.0.1:1338", text -> {
            URI uri = URI.create(text);
            if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
                throw new IllegalArgumentException("not http://host");
            }
            return uri;
        });
    }
}
