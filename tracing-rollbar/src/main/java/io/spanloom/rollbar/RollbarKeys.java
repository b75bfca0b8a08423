package io.spanloom.rollbar;

import io.spanloom.ConfigKey;
import io.spanloom.spi.ConfigKeyProvider;
import java.net.URI;
import java.util.List;

/** What can be configured of reports to Rollbar. */
public final class RollbarKeys implements ConfigKeyProvider {

    /** The project's access token, which may post items; none turns reports off, silently. Never shown. */
    public static final ConfigKey<String> TOKEN = ConfigKey.text(
                    "tracing.rollbar.token", "", "a project access token of Rollbar that may post items")
            .alias("ROLLBAR_ACCESS_TOKEN")
            .asSecret()
            .describedAs("The access token with which faults are reported to Rollbar; none is reported without one");

    /** The environment that reports stand under, as in {@code production} or {@code staging}. */
    public static final ConfigKey<String> ENVIRONMENT = ConfigKey.text(
                    "tracing.rollbar.environment", "production", "any text")
            .describedAs("The environment that Rollbar shows with each report");

    /** What is deployed: Rollbar links stack traces to the source of this version. */
    public static final ConfigKey<String> CODE_VERSION = ConfigKey.text(
                    "tracing.rollbar.code-version", "", "any text, usually a commit")
            .describedAs("The version of the application's code that Rollbar shows with each report");

    /** Where reports are posted. */
    public static final ConfigKey<URI> ENDPOINT = ConfigKey.of(
                    "tracing.rollbar.endpoint",
                    URI.create("https://api.rollbar.com/api/1/item/"),
                    "an http or https URL",
                    RollbarKeys::url)
            .describedAs("The URL to which reports are posted");

    /** Whether a report says whom the request was for ({@link io.spanloom.Span#user}). */
    public static final ConfigKey<Boolean> PERSON = ConfigKey.truth("tracing.rollbar.person", true)
            .describedAs("Whether reports name the user whom the request was for");

    /** Called by the service loader. */
    public RollbarKeys() {}

    private static URI url(String text) {
        URI url = URI.create(text);
        if (url.getHost() == null || !("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
            throw new IllegalArgumentException();
        }
        return url;
    }

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(TOKEN, ENVIRONMENT, CODE_VERSION, ENDPOINT, PERSON);
    }
}
