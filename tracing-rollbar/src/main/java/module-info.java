/** Each fault of a trace reported to Rollbar, once. */
module io.spanloom.rollbar {
    requires transitive io.spanloom.core;
    requires rollbar.api;
    requires rollbar.java;
    requires static org.jspecify;

    exports io.spanloom.rollbar;

    provides io.spanloom.spi.ConfigKeyProvider with
            io.spanloom.rollbar.RollbarKeys;
    provides io.spanloom.spi.SpanListenerProvider with
            io.spanloom.rollbar.RollbarListenerProvider;
}
