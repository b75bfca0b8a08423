/** {@code @Traced}, {@code @Subsegment} and their companions, and the weaver that makes them work. */
module io.spanloom.annotations {
    requires transitive io.spanloom.core;
    requires static transitive java.instrument;
    requires static net.bytebuddy;
    requires static net.bytebuddy.agent;
    requires static org.jspecify;

    exports io.spanloom.annotation;
    exports io.spanloom.weave;
}
