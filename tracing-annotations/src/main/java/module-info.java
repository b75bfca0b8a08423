/** {@code @Traced}, {@code @Subsegment} and their companions, and the weaver that makes them work. */
module io.spanloom.annotations {
    requires transitive io.spanloom.core;
    requires static transitive java.instrument;
    requires static com.google.common;
    requires static net.bytebuddy;
    requires static net.bytebuddy.agent;
    requires static org.jspecify;
    requires static org.reactivestreams;
    requires static reactor.core;

    exports io.spanloom.annotation;
    exports io.spanloom.weave;

    provides io.spanloom.spi.AsyncResultType with
            io.spanloom.async.GuavaFutureType,
            io.spanloom.async.ReactorType,
            io.spanloom.async.ReactiveStreamsType;
    provides io.spanloom.spi.DoctorCheck with
            io.spanloom.doctor.WeaverCheck;
}
