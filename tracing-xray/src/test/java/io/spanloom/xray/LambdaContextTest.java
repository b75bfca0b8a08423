package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Subsegment;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In AWS Lambda, where segments are nobody's to begin: ours and the SDK's subsegments together. */
class LambdaContextTest extends InLambda {

    @Test
    void subsegmentsOfTheSdk_areInTheTopSpansDocument() {
        try (Span root = Tracing.span("root")) {
            Subsegment theirs = AWSXRay.beginSubsegment("theirs");
            assertThat(theirs.isSampled()).isTrue();
            Tracing.run("ours", ours -> {});
            AWSXRay.endSubsegment();
        }

        assertThat(only().at("/subsegments/0/name").asText()).isEqualTo("theirs");
        assertThat(only().at("/subsegments/0/subsegments/0/name").asText()).isEqualTo("ours");
    }

    @Test
    void lineageOfTheInvocation_isSentOn() {
        invoked(
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a87bd80c:1|68fd508a:5");
        Map<String, String> sent = new HashMap<>();
        try (Span root = Tracing.span("root")) {
            Tracing.run("call", call -> Tracing.inject(sent, Map::put));
        }

        assertThat(sent.get("X-Amzn-Trace-Id"))
                .startsWith("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=")
                .endsWith(";Sampled=1;Lineage=a87bd80c:1|68fd508a:5");
    }

    @Test
    void spansBelowTheSdksSubsegment_areInItsDocument() {
        AWSXRay.beginSubsegment("handler");
        Tracing.run("ours", ours -> ours.annotation("k", 1L).user("andrew"));
        Tracing.run(
                SpanSpec.named("message").kind(SpanKind.CONSUMER),
                message -> AWSXRay.createSubsegment("theirs", () -> {}));
        Tracing.current().annotation("handled", true).user("andrew").fail(new IOException("x"));
        AWSXRay.endSubsegment();

        var handler = documents(1).get(0);
        assertThat(handler.at("/annotations/handled").asBoolean()).isTrue();
        assertThat(handler.at("/annotations/user").asText()).isEqualTo("andrew");
        assertThat(handler.at("/subsegments/0/annotations/k").asLong()).isEqualTo(1);
        assertThat(handler.at("/subsegments/0/annotations/user").asText()).isEqualTo("andrew");
        assertThat(handler.at("/subsegments/1/name").asText()).isEqualTo("message");
        assertThat(handler.at("/subsegments/1/subsegments/0/name").asText()).isEqualTo("theirs");
    }

    @Test
    void spanThatOutlivesTheSdksSubsegment_isADocumentOfItsOwn() {
        Subsegment handler = AWSXRay.beginSubsegment("handler");
        Span late = Tracing.span("late").detach();
        AWSXRay.endSubsegment();
        late.close();

        assertThat(documents(2))
                .extracting(document -> document.get("name").asText())
                .containsExactly("handler", "late");
        assertThat(named("late").get("parent_id").asText()).isEqualTo(handler.getId());
    }

    @Test
    void whatTheSdksFacadeRefuses_isOnTheTopSpan() {
        try (Span root = Tracing.span("root")) {
            AWSXRay.getCurrentSegment().putAnnotation("tenant", "a");
            AWSXRay.getCurrentSegment().putMetadata("ns", "k", "v");
            AWSXRay.getCurrentSegment().setUser("andrew");
            AWSXRay.getCurrentSegment().addException(new IOException("disk"));
        }

        assertThat(only().at("/annotations/tenant").asText()).isEqualTo("a");
        assertThat(only().at("/metadata/ns/k").asText()).isEqualTo("v");
        assertThat(only().at("/annotations/user").asText()).isEqualTo("andrew");
        assertThat(only().at("/cause/exceptions/0/message").asText()).isEqualTo("disk");
        assertThat(only().get("fault").asBoolean()).isTrue();
    }

    @Test
    void bySdk_whatWorksElsewhere_throws() {
        AWSXRay.beginSubsegment("handler");
        assertThatThrownBy(() -> AWSXRay.getCurrentSegment().putAnnotation("k", "v"))
                .isInstanceOf(UnsupportedOperationException.class);
        AWSXRay.endSubsegment();
        AWSXRay.setTraceEntity(AWSXRay.beginDummySegment());
        assertThatThrownBy(() -> AWSXRay.beginSubsegment("below")).isInstanceOf(ClassCastException.class);
        AWSXRay.clearTraceEntity();
    }
}
