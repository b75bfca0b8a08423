package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String TODAY = "1-6b49d200-7ad1c6780862287cab74ea3d";

    @Test
    void goodDocument_hasNoFindings() {
        assertThat(lint(document(
                        TODAY,
                        ",'annotations':{'a.b_1':'c','n':1,'t':true},'subsegments':[{'id':'000000000000000b',"
                                + "'name':'x','start_time':1,'in_progress':true,'namespace':'aws'}]")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",'annotations':{'a b':1}|dropped|annotation-key",
                ",'annotations':{'a':[1]}|dropped|annotation-value",
                ",'annotations':{'a':null}|dropped|annotation-value",
                ",'namespace':'local'|dropped|namespace",
                ",'http':{'response':{'status':'200'}}|dropped|status",
                ",'in_progress':true|refused|end",
                ",'name':'a*b'|cut|name-characters",
                ",'parent_id':'xyz'|refused|bad-id",
                ",'end_time':0.5|refused|end",
                ",'id':'000000000000000A'|refused|id",
            })
    void fieldThatTheServiceDoesNotTake_isFound(String field, String severity, String rule) {
        assertThat(lint(document(TODAY, field))).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.rule()).isEqualTo(rule);
        });
    }

    @ParameterizedTest
    @CsvSource({"name, 200, name-length", "user, 250, length"})
    void textThatIsTooLong_isFound(String field, int most, String rule) {
        assertThat(lint(document(TODAY, ",'" + field + "':'" + "x".repeat(most) + "'")))
                .isEmpty();
        assertThat(lint(document(TODAY, ",'" + field + "':'" + "x".repeat(most + 1) + "'")))
                .extracting(Lint.Finding::rule)
                .containsExactly(rule);
    }

    @ParameterizedTest
    @CsvSource({"1-00000001-7ad1c6780862287cab74ea3d, days ago", "1-7b49d200-7ad1c6780862287cab74ea3d, minutes from now"
    })
    void idOfAnotherTime_isFound(String id, String text) {
        assertThat(lint(document(id, ""))).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("id-age");
            assertThat(finding.text()).contains(text);
        });
    }

    @Test
    void annotationsOfATrace_areCountedTogether() {
        String first = annotations(0, 30);
        assertThat(lint(document(TODAY, first), document(TODAY, annotations(0, 50))))
                .isEmpty();
        assertThat(lint(document(TODAY, first), document(TODAY, annotations(30, 51))))
                .extracting(Lint.Finding::rule)
                .containsExactly("annotation-count");
    }

    @Test
    void largeDocumentAndLargeTrace_areFound() {
        String large = ",'metadata':{'n':{'k':'" + "x".repeat(60_000) + "'}}";
        assertThat(lint(document(TODAY, large))).isEmpty();
        assertThat(lint(document(TODAY, ",'metadata':{'n':{'k':'" + "x".repeat(66_000) + "'}}")))
                .extracting(Lint.Finding::rule)
                .containsExactly("size");
        String[] many =
                IntStream.range(0, 9).mapToObj(i -> document(TODAY, large)).toArray(String[]::new);
        assertThat(lint(many)).extracting(Lint.Finding::rule).containsExactly("trace-size");
    }

    @Test
    void whatIsNoJson_isRefused() {
        assertThat(lint("{")).extracting(Lint.Finding::rule).containsExactly("json");
    }

    private static String annotations(int from, int to) {
        return ",'annotations':{"
                + IntStream.range(from, to).mapToObj(i -> "'k" + i + "':1").collect(Collectors.joining(",")) + "}";
    }

    /** Of a field that comes twice the last counts. */
    private static String document(String traceId, String more) {
        return "{'id':'000000000000000a','trace_id':'" + traceId + "','name':'svc','start_time':1,'end_time':2" + more
                + "}";
    }

    private static List<Lint.Finding> lint(String... documents) {
        Lint lint = new Lint(NOW);
        for (String document : documents) {
            lint.add(document.replace('\'', '"'));
        }
        return lint.finish();
    }
}
