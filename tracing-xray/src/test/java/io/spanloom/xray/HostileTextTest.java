package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Subsegment;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.Tracing;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Texts that come from outside must not cost a document. */
class HostileTextTest extends AtTheDaemon {

    private static final String HALF = "a\ud83d\u0000b";

    @Test
    void halfASurrogatePair_isAQuestionMarkAndCostsNoDocument() {
        try (Span root = Tracing.span("root")) {
            root.annotation("half", HALF)
                    .metadata("half", HALF)
                    .user(HALF)
                    .http(Http.request("GET", "http://h/" + HALF))
                    .fail(new IOException(HALF));
            root.annotation("whole", "\ud83d\ude00");
        }

        ObjectNode root = documents(1).get(0);
        assertThat(root.at("/annotations/half").asText()).isEqualTo("a?\u0000b");
        assertThat(root.at("/annotations/whole").asText()).isEqualTo("\ud83d\ude00");
        assertThat(root.at("/cause/exceptions/0/message").asText()).isEqualTo("a?\u0000b");
        assertThat(root.at("/http/request/url").asText()).isEqualTo("http://h/a?\u0000b");
    }

    @Test
    void halfASurrogatePairOfTheSdks_costsNoDocument() {
        try (Span root = Tracing.span("root")) {
            Subsegment theirs = AWSXRay.beginSubsegment("theirs");
            theirs.putAnnotation("half", HALF);
            AWSXRay.endSubsegment();
            AWSXRay.getTraceEntity().putHttp("half", HALF);
        }

        assertThat(documents(1).get(0).at("/subsegments/0/annotations/half").asText())
                .isEqualTo("a?\u0000b");
    }

    @Test
    void nullsThatTheSdksInstrumentationGives_areLeftOut() {
        try (Span root = Tracing.span("root")) {
            AWSXRay.getTraceEntity().putHttp("request", null);
            AWSXRay.getTraceEntity().putAws(null, "x");
            AWSXRay.getTraceEntity().putSql("url", null);
        }

        assertThat(documents(1).get(0).has("http")).isFalse();
    }
}
