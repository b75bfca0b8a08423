package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The reachability metadata of the modules that run in an application says what is there, and all that is reflected on.
 * It does not show that an image builds.
 */
class NativeImageMetadataTest {

    private static final List<String> MODULES =
            List.of("tracing-core", "tracing-annotations", "tracing-xray", "tracing-otel", "tracing-aws-sdk");

    /** Of libraries that are the application's choice: not here to be looked at. */
    private static final List<String> OPTIONAL = List.of(
            "org.hibernate.",
            "org.eclipse.persistence.",
            "net.bytebuddy.jar.asm.",
            "io.spanloom.agent.SpanloomAgent",
            "io.opentelemetry.javaagent.");

    /** What looks something up by its name, with constants that the image builder finds, and with others. */
    private static final Set<String> REFLECTIVE = Set.of(
            "java.lang.Class.forName",
            "java.lang.Class.getMethod",
            "java.lang.Class.getDeclaredMethod",
            "java.lang.Class.getMethods",
            "java.lang.Class.getDeclaredMethods",
            "java.lang.Class.getConstructor",
            "java.lang.Class.getDeclaredConstructor",
            "java.lang.Class.getField",
            "java.lang.Class.getDeclaredField",
            "java.lang.Class.getDeclaredFields",
            "java.lang.Class.getRecordComponents",
            "java.lang.Class.getResource",
            "java.lang.Class.getResourceAsStream",
            "java.lang.ClassLoader.loadClass",
            "java.lang.ClassLoader.getResource",
            "java.lang.ClassLoader.getResources",
            "java.lang.ClassLoader.getResourceAsStream",
            "java.lang.ClassLoader.getSystemResource",
            "java.lang.ClassLoader.getSystemResources",
            "java.lang.ClassLoader.getSystemResourceAsStream",
            "java.lang.invoke.MethodHandles$Lookup.findStatic",
            "java.lang.invoke.MethodHandles$Lookup.findVirtual",
            "java.lang.invoke.MethodHandles$Lookup.findConstructor",
            "java.lang.invoke.MethodHandles$Lookup.findVarHandle",
            "java.lang.invoke.MethodHandles$Lookup.unreflect",
            "java.lang.invoke.MethodHandles$Lookup.unreflectGetter",
            "java.util.ServiceLoader.load",
            "java.util.ResourceBundle.getBundle",
            "java.lang.reflect.Proxy.newProxyInstance");

    private static final String USERS = "types of the application's: docs/weaving.md says which it has to name";
    private static final String SERVICES = "META-INF/services, which images keep";
    private static final String WEAVER = "the weaver itself, which has nothing to do in an image";

    /** Each class that reflects: the type or resource that the metadata has for it, or why it needs none. */
    private static final Map<String, List<String>> COVERED = new TreeMap<>(Map.ofEntries(
            Map.entry("io.spanloom.ConfigSources", List.of("tracing.properties")),
            Map.entry("io.spanloom.UnwovenClasses", List.of("META-INF/spanloom/annotated-classes")),
            Map.entry("io.spanloom.Span", List.of("io.spanloom.Span")),
            Map.entry("io.spanloom.woven.Linker", List.of("io.spanloom.woven.Linker", "io.spanloom.woven.V1")),
            Map.entry("io.spanloom.woven.NamedStart", List.of("io.spanloom.woven.NamedStart")),
            Map.entry("io.spanloom.woven.Recorder", List.of("io.spanloom.woven.Recorder", "io.spanloom.Span")),
            Map.entry("io.spanloom.woven.PropertyPath", List.of(USERS)),
            Map.entry("io.spanloom.woven.ResultLinker", List.of("io.spanloom.internal.async.Returned", USERS)),
            Map.entry("io.spanloom.woven.OtherWeavers", List.of("io.opentelemetry.javaagent.OpenTelemetryAgent")),
            Map.entry("io.spanloom.internal.async.FollowedSpan", List.of("io.spanloom.internal.async.FollowedSpan")),
            Map.entry("io.spanloom.internal.Services", List.of(SERVICES)),
            Map.entry("io.spanloom.awssdk.OtherTracing", List.of("in an image it finds nobody: docs/aws-sdk.md")),
            Map.entry("io.spanloom.http.Closing", List.of("constants, which the image builder finds")),
            Map.entry(
                    "io.spanloom.sampling.RuleFile", List.of("a rules file is the application's own resource to name")),
            Map.entry("io.spanloom.weave.WeaveSettings", List.of(WEAVER)),
            Map.entry("io.spanloom.woven.Site", List.of(USERS)),
            Map.entry("io.spanloom.internal.BeanReader", List.of(USERS)),
            Map.entry(
                    "io.spanloom.internal.PersistenceProxies$Question",
                    List.of(
                            "org.hibernate.proxy.HibernateProxy",
                            "org.hibernate.proxy.LazyInitializer",
                            "org.hibernate.collection.spi.LazyInitializable",
                            "org.eclipse.persistence.indirection.IndirectContainer")),
            Map.entry("io.spanloom.xray.XRaySpan", List.of("io.spanloom.xray.XRaySpan")),
            Map.entry(
                    "io.spanloom.otel.OtelBackendProvider",
                    List.of("io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk")),
            Map.entry(
                    "io.spanloom.otel.ExportProblem",
                    List.of(
                            "io.opentelemetry.exporter.internal.FailedExportException$HttpExportException",
                            "io.opentelemetry.sdk.common.export.HttpResponse")),
            Map.entry("io.spanloom.otel.GlobalInstance", List.of("io.opentelemetry.api.GlobalOpenTelemetry")),
            Map.entry("io.spanloom.weave.AgentWeaver", List.of("io.spanloom.agent.SpanloomAgent")),
            Map.entry("io.spanloom.weave.SelfAttachment", List.of("net.bytebuddy.jar.asm.ClassReader")),
            Map.entry("io.spanloom.weave.CoreSight", List.of("io.spanloom.woven.V1")),
            Map.entry("io.spanloom.weave.AppLog", List.of("org.slf4j.LoggerFactory", "org.slf4j.Logger")),
            Map.entry("io.spanloom.weave.BuildIndex", List.of("META-INF/spanloom/annotated-classes")),
            Map.entry("io.spanloom.weave.Preload", List.of(WEAVER)),
            Map.entry("io.spanloom.weave.LoadedClasses", List.of(WEAVER)),
            Map.entry("io.spanloom.weave.ClassFileSource$OfLoader", List.of(WEAVER))));

    private static JsonNode metadata(String module) throws Exception {
        String file = "META-INF/native-image/io.spanloom/" + module + "/reachability-metadata.json";
        URL found = NativeImageMetadataTest.class.getClassLoader().getResource(file);
        assertThat(found).as(file).isNotNull();
        try (InputStream stream = found.openStream()) {
            return new ObjectMapper().readTree(stream);
        }
    }

    private static boolean isOptional(String type) {
        return OPTIONAL.stream().anyMatch(type::startsWith);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return switch (name) {
            case "long" -> long.class;
            case "double" -> double.class;
            case "boolean" -> boolean.class;
            default ->
                name.endsWith("[]")
                        ? type(name.substring(0, name.length() - 2)).arrayType()
                        : Class.forName(name, false, NativeImageMetadataTest.class.getClassLoader());
        };
    }

    /** The names of the schema, which the image builder warns about otherwise. */
    @Test
    void metadata_hasTheFormOfTheSchema() throws Exception {
        for (String module : MODULES) {
            JsonNode all = metadata(module);
            assertThat(all.fieldNames()).toIterable().isSubsetOf("comment", "reflection", "resources");
            for (JsonNode each : all.path("reflection")) {
                assertThat(each.fieldNames()).toIterable().isSubsetOf("type", "methods", "fields");
                assertThat(each.path("type").isTextual()).isTrue();
            }
            for (JsonNode each : all.path("resources")) {
                assertThat(each.fieldNames()).toIterable().containsExactly("glob");
            }
        }
    }

    @Test
    void typesAndMembersOfTheMetadata_exist() throws Exception {
        int members = 0;
        for (String module : MODULES) {
            for (JsonNode each : metadata(module).path("reflection")) {
                String name = each.path("type").asText();
                if (isOptional(name)) {
                    continue;
                }
                Class<?> type = type(name);
                for (JsonNode method : each.path("methods")) {
                    List<Class<?>> parameters = new ArrayList<>();
                    for (JsonNode parameter : method.path("parameterTypes")) {
                        parameters.add(type(parameter.asText()));
                    }
                    Class<?>[] types = parameters.toArray(Class<?>[]::new);
                    String called = method.path("name").asText();
                    assertThat(
                                    called.equals("<init>")
                                            ? type.getDeclaredConstructor(types)
                                            : type.getDeclaredMethod(called, types))
                            .isNotNull();
                    members++;
                }
                for (JsonNode field : each.path("fields")) {
                    assertThat(type).hasDeclaredFields(field.path("name").asText());
                    members++;
                }
            }
        }
        assertThat(members).isGreaterThan(25);
    }

    private static Set<String> classesThatReflect() {
        Set<String> found = new TreeSet<>();
        for (JavaClass each :
                new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("io.spanloom")) {
            String name = each.getName();
            boolean concerned = !name.startsWith("io.spanloom.desk.")
                    && !name.startsWith("io.spanloom.test.")
                    && !name.startsWith("io.spanloom.rewrite.")
                    && !name.startsWith("io.spanloom.e2e.");
            for (JavaAccess<?> access : each.getAccessesFromSelf()) {
                String target = access.getTargetOwner().getName() + "." + access.getName();
                if (concerned && REFLECTIVE.contains(target)) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    @Test
    void classesThatReflect_areAllAccountedFor() throws Exception {
        assertThat(classesThatReflect())
                .as(
                        "a class that reflects belongs into this test's table, and what it names into its module's metadata")
                .isEqualTo(COVERED.keySet());
        Set<String> known = new TreeSet<>();
        for (String module : MODULES) {
            metadata(module)
                    .path("reflection")
                    .forEach(each -> known.add(each.path("type").asText()));
            metadata(module)
                    .path("resources")
                    .forEach(each -> known.add(each.path("glob").asText()));
        }
        for (List<String> needed : COVERED.values()) {
            for (String each : needed) {
                if (!each.contains(" ")) {
                    assertThat(known).contains(each);
                }
            }
        }
    }

    /** What a call site of an annotation asks for depends on the value's type, so the image builder cannot see it. */
    @Test
    void everyAnnotationMethodOfSpan_isInTheMetadata() throws Exception {
        Set<String> known = new TreeSet<>();
        for (JsonNode each : metadata("tracing-core").path("reflection")) {
            if (each.path("type").asText().equals("io.spanloom.Span")) {
                for (JsonNode method : each.path("methods")) {
                    known.add(method.path("name").asText() + " "
                            + method.path("parameterTypes").path(1).asText());
                }
            }
        }
        for (java.lang.reflect.Method each : io.spanloom.Span.class.getMethods()) {
            if (each.getName().equals("annotation")) {
                assertThat(known).contains("annotation " + each.getParameterTypes()[1].getName());
            }
        }
    }
}
