/** Rate, errors and duration of each span name, as Micrometer metrics. */
module io.spanloom.micrometer {
    requires transitive io.spanloom.core;
    requires transitive micrometer.core;
    requires static org.jspecify;

    exports io.spanloom.micrometer;
}
