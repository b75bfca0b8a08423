package io.spanloom.desk.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.desk.TraceSpan;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LintTest {

    @Test
    void plainSpan_hasNoHint() {
        assertThat(Lint.of(span("GET /api/x", Map.of("plan", "free", "user.id", 7L))))
                .isEmpty();
    }

    @Test
    void nameOfOtherCharacters_isNamed() {
        assertThat(Lint.of(span("what?!", Map.of()))).singleElement().asString().contains("in names");
    }

    @Test
    void longName_isNamed() {
        assertThat(Lint.of(span("n".repeat(201), Map.of())))
                .containsExactly("The name has 201 characters; X-Ray takes 200.");
    }

    @Test
    void keyOfOtherCharacters_isNamed() {
        assertThat(Lint.of(span("x", Map.of("my-key", 1L))))
                .singleElement()
                .asString()
                .startsWith("Annotation my-key");
    }

    @Test
    void longAnnotation_isNamed() {
        assertThat(Lint.of(span("x", Map.of("key", "v".repeat(1001)))))
                .singleElement()
                .asString()
                .contains("more than 1000 characters");
    }

    @Test
    void manyAnnotations_areCounted() {
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i < 51; i++) {
            many.put("key" + i, i);
        }
        assertThat(Lint.of(span("x", many))).singleElement().asString().startsWith("51 annotations");
        assertThat(Lint.found(span("x", many))).isTrue();
    }

    private static TraceSpan span(String name, Map<String, Object> annotations) {
        return new TraceSpan(
                "0000000000000001",
                null,
                name,
                "s",
                TraceSpan.Kind.SEGMENT,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                annotations,
                Map.of(),
                Map.of(),
                false,
                false,
                false,
                List.of(),
                Map.of(),
                TraceSpan.Source.XRAY);
    }
}
