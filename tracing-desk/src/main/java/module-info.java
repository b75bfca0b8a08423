/** The local trace desk: X-Ray daemon protocol and OTLP in, traces out. */
module io.spanloom.desk {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.google.protobuf;
    requires info.picocli;
    requires io.opentelemetry.proto;
    requires java.sql;
    requires jdk.httpserver;
    requires static transitive org.jspecify;

    exports io.spanloom.desk;

    // The command line is described by annotations on package-private fields.
    opens io.spanloom.desk to
            info.picocli;
}
