/** {@code @Traced}, {@code @Subsegment} and their companions. */
module io.spanloom.annotations {
    requires transitive io.spanloom.core;
    requires static org.jspecify;

    exports io.spanloom.annotation;
}
