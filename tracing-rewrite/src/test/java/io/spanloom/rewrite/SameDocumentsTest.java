package io.spanloom.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.config.DaemonConfiguration;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service of {@link FromXRaySdkTest}, run as it was and as the recipes made it: X-Ray is sent the same. */
class SameDocumentsTest {

    @ParameterizedTest
    @ValueSource(strings = {"andrewbrown", "nobody", ""})
    void serviceBeforeAndAfter_givesTheSameDocuments(String handle) throws Exception {
        String service = "com.example.cruddur.NotificationsActivities";
        List<String> before = run("before.txt", service, handle);

        assertThat(run("after.txt", service, handle)).isEqualTo(before).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"andrewbrown", "nobody", ""})
    void shapesBeforeAndAfter_giveTheSameDocuments(String handle) throws Exception {
        String service = "com.example.orders.Orders";
        List<String> before = run("shapes-before.txt", service, handle);

        assertThat(run("shapes-after.txt", service, handle)).isEqualTo(before).hasSizeGreaterThan(1);
    }

    private static List<String> run(String source, String name, String handle) throws Exception {
        Class<?> service = Compiled.of(List.of(FromXRaySdkTest.source(source))).loadClass(name);
        AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
        try (Daemon daemon = new Daemon()) {
            DaemonConfiguration address = new DaemonConfiguration();
            address.setDaemonAddress(daemon.address());
            AWSXRay.setGlobalRecorder(AWSXRayRecorderBuilder.standard()
                    .withEmitter(Emitter.create(address))
                    .withSamplingStrategy(new AllSamplingStrategy())
                    .build());
            Tracing.reconfigure(TracingConfig.builder()
                    .alone()
                    .service("backend-java")
                    .backend("xray")
                    .set("tracing.xray.daemon-address", daemon.address())
                    .build());
            Object result = service.getMethod("handle", String.class)
                    .invoke(service.getConstructor().newInstance(), handle);
            assertThat(Tracing.flush(Duration.ofSeconds(20))).isTrue();
            List<String> all = new ArrayList<>(List.of("returned " + result));
            describe(daemon.only(), "", all);
            return all;
        } finally {
            Tracing.shutdown();
            AWSXRay.clearTraceEntity();
            AWSXRay.setGlobalRecorder(recorder);
        }
    }

    /** Names, parents, and everything that was recorded; ids and times differ from run to run. */
    private static void describe(JsonNode document, String parent, List<String> all) {
        String name = parent + "/" + document.get("name").asText();
        all.add(name + " " + document.path("namespace").asText()
                + " fault=" + document.path("fault").asBoolean()
                + " error=" + document.path("error").asBoolean()
                + " user=" + document.path("user").asText()
                + " " + sorted(document.path("annotations")) + " " + sorted(metadata(document)) + " "
                + exceptions(document));
        document.path("subsegments").forEach(child -> describe(child, name, all));
    }

    private static JsonNode metadata(JsonNode document) {
        JsonNode metadata = document.path("metadata").deepCopy();
        if (metadata instanceof ObjectNode object) {
            object.remove("spanloom"); // ours: which operation or service it was
        }
        return metadata;
    }

    private static List<String> sorted(JsonNode object) {
        return object.properties().stream()
                .filter(member ->
                        !member.getValue().isEmpty() || member.getValue().isValueNode())
                .map(Object::toString)
                .sorted()
                .toList();
    }

    /** What a document says itself; where it only points to a child's exception, the child says it. */
    private static List<String> exceptions(JsonNode document) {
        List<String> all = new ArrayList<>();
        document.at("/cause/exceptions")
                .forEach(thrown -> all.add(thrown.get("type").asText() + ": "
                        + thrown.path("message").asText() + " "
                        + thrown.path("stack").size()));
        return all;
    }
}
