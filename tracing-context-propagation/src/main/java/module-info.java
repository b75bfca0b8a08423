/** Traces travel by Micrometer context-propagation. */
module io.spanloom.propagation {
    requires transitive io.spanloom.core;
    requires transitive context.propagation;
    requires static org.jspecify;

    exports io.spanloom.propagation;

    provides io.micrometer.context.ThreadLocalAccessor with
            io.spanloom.propagation.TraceContextAccessor;
}
