package io.spanloom.weave;

import java.util.Set;

/**
 * Libraries that most of a program's classes come from, and that are published without annotations of ours. Their classes are
 * searched for our annotations, as all are, but not for what they might inherit, and nothing is inherited from them: their
 * supertypes and annotations need not be read, which is most of what an agent would cost a start.
 *
 * <p>No application has its own classes in these packages: only what a library's own jars have belongs here, never a
 * company's or a foundation's whole domain.
 */
final class Libraries {

    /** Internal names of packages, one to three names deep; all below them is meant. */
    private static final Set<String> PACKAGES = Set.of(
            "brave",
            "ch/qos/logback",
            "com/amazonaws/xray",
            "com/fasterxml/classmate",
            "com/fasterxml/jackson",
            "com/github/benmanes",
            "com/google/common",
            "com/google/errorprone",
            "com/google/gson",
            "com/google/protobuf",
            "com/mongodb/client",
            "com/mysql/cj",
            "com/zaxxer/hikari",
            "feign",
            "groovy",
            "io/grpc",
            "io/lettuce/core",
            "io/micrometer",
            "io/micronaut",
            "io/netty",
            "io/opentelemetry",
            "io/prometheus",
            "io/quarkus",
            "io/reactivex",
            "io/smallrye",
            "io/undertow",
            "io/vertx",
            "joptsimple",
            "junit",
            "kotlin",
            "kotlinx",
            "liquibase",
            "net/".concat("bytebuddy"), // in one piece it would be relocated in the agent's jar
            "net/sf/cglib",
            "okhttp3",
            "okio",
            "org/aopalliance",
            "org/apache/catalina",
            "org/apache/commons",
            "org/apache/coyote",
            "org/apache/el",
            "org/apache/groovy",
            "org/apache/hc",
            "org/apache/http",
            "org/apache/jasper",
            "org/apache/juli",
            "org/apache/kafka",
            "org/apache/logging",
            "org/apache/naming",
            "org/apache/tomcat",
            "org/aspectj",
            "org/assertj",
            "org/checkerframework",
            "org/codehaus/groovy",
            "org/eclipse/jetty",
            "org/flywaydb",
            "org/glassfish/jersey",
            "org/h2",
            "org/hamcrest",
            "org/hibernate",
            "org/jboss/logging",
            "org/jboss/resteasy",
            "org/jetbrains/annotations",
            "org/jooq",
            "org/jspecify",
            "org/junit",
            "org/mariadb/jdbc",
            "org/mockito",
            "org/postgresql",
            "org/reactivestreams",
            "org/slf4j",
            "org/springframework",
            "org/thymeleaf",
            "org/yaml/snakeyaml",
            "reactor",
            "retrofit2",
            "scala",
            "software/amazon/awssdk",
            "zipkin2");

    private Libraries() {}

    /** @param internalName of a type */
    static boolean have(String internalName) {
        int end = internalName.indexOf('/');
        for (int depth = 1; depth <= 3 && end > 0; depth++) {
            if (PACKAGES.contains(internalName.substring(0, end))) {
                return true;
            }
            end = internalName.indexOf('/', end + 1);
        }
        return false;
    }
}
