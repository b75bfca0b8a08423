package io.spanloom.desk.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What operators and connectives mean, on values given; what keywords mean of a trace is the desk's to test. */
class FilterMeaningTest {
    private static final Map<String, Object> VALUES = Map.of(
            "fault", true, "responsetime", 2.5, "http.url", "http://shop/api/game/7", "user", List.of("ann", "bob"));
    private static final Map<String, Object> ANNOTATIONS =
            Map.of("n", 30L, "s", "x", "yes", true, "no", false, "many", List.of(1L, "one"));
    private static final Values TRACE = new Values(VALUES, ANNOTATIONS);

    @Test
    void and_bindsTighterThanOr() {
        assertThat(canonical("ok OR fault AND partial")).isEqualTo("(or (ok true) (and (fault true) (partial true)))");
        assertThat(canonical("ok OR fault partial")).isEqualTo("(or (ok true) (and (fault true) (partial true)))");
        assertThat(canonical("(ok OR fault) partial")).isEqualTo("(and (or (ok true) (fault true)) (partial true))");
    }

    @Test
    void keywordsAndOperators_haveNoCase() {
        assertThat(canonical("HTTP.Url contains \"A\" and ResponseTime > 1"))
                .isEqualTo(canonical("http.url CONTAINS \"A\" AND responsetime > 1"));
    }

    @Test
    void flag_isWhatItIsComparedWith() {
        assertThat(passing("fault", "fault = true", "fault != false", "!ok", "ok = false", "!fault = false"))
                .hasSize(6);
        assertThat(passing("!fault", "fault = false", "fault != true", "ok")).isEmpty();
    }

    @Test
    void number_isCompared() {
        assertThat(passing("responsetime > 2", "responsetime >= 2.5", "responsetime = 2.50", "responsetime != 2"))
                .hasSize(4);
        assertThat(passing("responsetime < 2.5", "responsetime <= 2", "responsetime = 2"))
                .isEmpty();
    }

    @Test
    void text_isComparedWithItsCase() {
        assertThat(passing("http.url CONTAINS \"/api/\"", "http.url BEGINSWITH \"http:\"", "http.url ENDSWITH \"7\""))
                .hasSize(3);
        assertThat(passing("http.url CONTAINS \"/API/\"", "http.url = \"http\""))
                .isEmpty();
    }

    @Test
    void whatIsNotThere_passesNoComparison() {
        assertThat(passing(
                        "http.status = 200",
                        "http.status != 200",
                        "http.method != \"GET\"",
                        "http.method",
                        "annotation.none != 1",
                        "annotation.none",
                        "http.method CONTAINS \"\""))
                .isEmpty();
        assertThat(passing("!http.status = 200", "!http.method", "!annotation.none"))
                .hasSize(3);
    }

    @Test
    void severalValues_oneIsEnough() {
        assertThat(passing("user = \"ann\"", "user = \"bob\"", "user != \"ann\"", "annotation.many = \"one\""))
                .hasSize(4);
        assertThat(passing("user = \"eve\"")).isEmpty();
    }

    @Test
    void annotation_isComparedWithinItsType() {
        assertThat(passing("annotation.n > 29", "annotation.n = 30", "annotation[s] = \"x\"", "annotation.yes = true"))
                .hasSize(4);
        assertThat(passing("annotation.n = \"30\"", "annotation.s != 1", "annotation.yes = \"true\""))
                .isEmpty();
    }

    @Test
    void annotationAlone_isWhetherItIsThereOrItsTruth() {
        assertThat(passing("annotation.n", "annotation.yes", "!annotation.no", "annotation.no = false"))
                .hasSize(4);
        assertThat(passing("annotation.no")).isEmpty();
    }

    @Test
    void group_isItsExpression() throws Exception {
        Groups groups = groups(Map.of("slow", "responsetime > 2", "both", "group.name = \"slow\" fault"));

        assertThat(Filter.parse("group.name = \"both\"").bind(groups).test(TRACE))
                .isTrue();
        assertThat(Filter.parse("group.name != \"both\"").bind(groups).test(TRACE))
                .isFalse();
        assertThatExceptionOfType(FilterException.class)
                .isThrownBy(() -> Filter.parse("ok AND group.name = \"none\"").bind(groups))
                .withMessageContaining("there is no group \"none\" (column 21)");
    }

    @Test
    void groupThatRefersToItself_isRefused() throws Exception {
        Groups groups = groups(Map.of("a", "group.name = \"b\"", "b", "group.name = \"a\""));

        assertThatExceptionOfType(FilterException.class)
                .isThrownBy(() -> Filter.parse("group.name = \"a\"").bind(groups))
                .withMessageContaining("refers to itself");
    }

    @Test
    void blank_letsEverythingPass() throws Exception {
        assertThat(Filter.parse(" \n").bind(Groups.NONE).test(TRACE)).isTrue();
    }

    private static String canonical(String expression) {
        return parse(expression).toString();
    }

    private static List<String> passing(String... expressions) {
        return List.of(expressions).stream()
                .filter(expression -> {
                    try {
                        return parse(expression).bind(Groups.NONE).test(TRACE);
                    } catch (FilterException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static Filter parse(String expression) {
        try {
            return Filter.parse(expression);
        } catch (FilterException e) {
            throw new AssertionError(e);
        }
    }

    private static Groups groups(Map<String, String> expressions) {
        Map<String, Filter> filters = new HashMap<>();
        expressions.forEach((name, text) -> filters.put(name, parse(text)));
        return (byArn, name) -> filters.get(name);
    }

    /** A trace that knows nothing but values by name. */
    private record Values(Map<String, Object> values, Map<String, Object> annotations) implements TraceElement {
        @Override
        public boolean flag(Keyword keyword) {
            return values.containsKey(keyword.text());
        }

        @Override
        public double number(Keyword keyword) {
            return values.get(keyword.text()) instanceof Double number ? number : Double.NaN;
        }

        @Override
        public boolean anyText(Keyword keyword, Predicate<String> test) {
            return all(values.get(keyword.text())).stream().anyMatch(value -> test.test((String) value));
        }

        @Override
        public boolean anyAnnotation(String key, Predicate<Object> test) {
            return all(annotations.get(key)).stream().anyMatch(test);
        }

        private static List<Object> all(@Nullable Object value) {
            if (value instanceof List<?> list) {
                return List.copyOf(list);
            }
            return value == null ? List.of() : List.of(value);
        }

        @Override
        public List<ServiceElement> services() {
            return List.of();
        }

        @Override
        public List<EdgeElement> edges() {
            return List.of();
        }

        @Override
        public List<RootCauseElement> rootCauses(Cause cause) {
            return List.of();
        }
    }
}
