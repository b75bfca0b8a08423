package io.spanloom;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.spanloom.spi.HeaderFormat;
import io.spanloom.spi.SpanSeed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases of W3C Trace Context's own test suite (strict level 2), as requests with headers: whether the trace goes on, and
 * with which {@code tracestate}. Its cases of characters and lengths are in TraceStateTest.
 */
class TraceContextVectorsTest {

    private static final String TRACE = "12345678901234567890123456789012";
    private static final String PARENT = "1234567890123456";
    private static final String VALID = "00-" + TRACE + "-" + PARENT + "-01";

    private static final Propagation W3C = new Propagation(List.of(HeaderFormat.W3C), List.of(HeaderFormat.W3C));

    /** A request whose headers are found in any case of their names, each as often as it was sent. */
    private static @Nullable SpanSeed received(String... namesAndValues) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.merge(
                    namesAndValues[i],
                    List.of(namesAndValues[i + 1]),
                    (all, more) -> Stream.of(all, more).flatMap(List::stream).toList());
        }
        return W3C.extract(headers, Map::get);
    }

    private static Arguments of(String what, String... traceparents) {
        return arguments(what, List.of(traceparents));
    }

    private static Stream<Arguments> thatGoOn() {
        return Stream.of(
                of("as it should be", VALID),
                of("not sampled", "00-" + TRACE + "-" + PARENT + "-00"),
                of("a later version", "cc-" + TRACE + "-" + PARENT + "-01"),
                of("a later version that says more", "cc-" + TRACE + "-" + PARENT + "-01-and-what-not"),
                of("blank before", " " + VALID),
                of("tab before", "\t" + VALID),
                of("blank behind", VALID + " "),
                of("tab behind", VALID + "\t"),
                of("blanks and tabs around", "\t " + VALID + " \t"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("thatGoOn")
    void traceparentThatIsValid_isContinued(String what, List<String> traceparents) {
        SpanSeed seed = requireNonNull(received("traceparent", traceparents.get(0)));

        assertThat(seed.traceId()).isEqualTo(TRACE);
        assertThat(seed.parentSpanId()).isEqualTo(PARENT);
    }

    private static Stream<Arguments> thatDoNot() {
        return Stream.of(
                of("two of them", VALID, "00-" + TRACE.replace('1', '9') + "-" + PARENT + "-01"),
                of("the same twice", VALID, VALID),
                of("version 0 with a dot behind", VALID + "."),
                of("version 0 that says more", VALID + "-and-what-not"),
                of("a later version with a dot behind", "cc-" + TRACE + "-" + PARENT + "-01.and-what-not"),
                of("version 255", "ff-" + TRACE + "-" + PARENT + "-01"),
                of("no version, first digit", ".0-" + TRACE + "-" + PARENT + "-01"),
                of("no version, second digit", "0.-" + TRACE + "-" + PARENT + "-01"),
                of("version of three digits", "000-" + TRACE + "-" + PARENT + "-01"),
                of("version of four digits", "0000-" + TRACE + "-" + PARENT + "-01"),
                of("version of one digit", "0-" + TRACE + "-" + PARENT + "-01"),
                of("trace id of zeros", "00-" + "0".repeat(32) + "-" + PARENT + "-01"),
                of("no trace id, first digit", "00-." + TRACE.substring(1) + "-" + PARENT + "-01"),
                of("no trace id, last digit", "00-" + TRACE.substring(1) + ".-" + PARENT + "-01"),
                of("trace id too long", "00-" + TRACE + "3-" + PARENT + "-01"),
                of("trace id too short", "00-" + TRACE.substring(1) + "-" + PARENT + "-01"),
                of("trace id in capitals", "00-A" + TRACE.substring(1) + "-" + PARENT + "-01"),
                of("parent id of zeros", "00-" + TRACE + "-" + "0".repeat(16) + "-01"),
                of("no parent id, first digit", "00-" + TRACE + "-." + PARENT.substring(1) + "-01"),
                of("no parent id, last digit", "00-" + TRACE + "-" + PARENT.substring(1) + ".-01"),
                of("parent id too long", "00-" + TRACE + "-" + PARENT + "7-01"),
                of("parent id too short", "00-" + TRACE + "-" + PARENT.substring(1) + "-01"),
                of("no flags, first digit", "00-" + TRACE + "-" + PARENT + "-.0"),
                of("no flags, second digit", "00-" + TRACE + "-" + PARENT + "-0."),
                of("flags too long", "00-" + TRACE + "-" + PARENT + "-001"),
                of("flags too short", "00-" + TRACE + "-" + PARENT + "-1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("thatDoNot")
    void traceparentThatIsNot_isIgnoredWithItsState(String what, List<String> traceparents) {
        Map<String, List<String>> headers = Map.of("traceparent", traceparents, "tracestate", List.of("a=1"));

        assertThat(W3C.extract(headers, Map::get)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace-parent", "trace.parent"})
    void otherName_isNotTheHeader(String name) {
        assertThat(received(name, VALID)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TraceParent", "TrAcEpArEnT", "TRACEPARENT"})
    void nameInAnyCase_isTheHeader(String name) {
        assertThat(received(name, VALID)).isNotNull();
    }

    private static Stream<Arguments> states() {
        return Stream.of(
                arguments("none", List.of(), null),
                arguments("two members", List.of("a=1,b=2"), "a=1,b=2"),
                arguments("an empty header", List.of(""), null),
                arguments("an empty header behind", List.of("a=1", ""), "a=1"),
                arguments("an empty header before", List.of("", "a=1"), "a=1"),
                arguments("several headers", List.of("a=1,b=2", "c=1,d=2", "e=3"), "a=1,b=2,c=1,d=2,e=3"),
                arguments("a key twice", List.of("a=1,a=2"), null),
                arguments("a key twice, in two headers", List.of("a=1", "a=2"), null),
                arguments("one member that is none", List.of("a=1", "B=2"), null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void state_goesOnOrIsDiscardedWhole(String what, List<String> states, @Nullable String passed) {
        String[] headers = new String[2 + 2 * states.size()];
        headers[0] = "traceparent";
        headers[1] = VALID;
        for (int i = 0; i < states.size(); i++) {
            headers[2 + 2 * i] = "TraceState";
            headers[3 + 2 * i] = states.get(i);
        }
        SpanSeed seed = requireNonNull(received(headers));

        assertThat(seed.traceState()).isEqualTo(passed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace-state", "trace.state"})
    void stateByAnotherName_isNone(String name) {
        SpanSeed seed = requireNonNull(received("traceparent", VALID, name, "a=1"));

        assertThat(seed.traceState()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1", "a=1,b=2"})
    void stateWithoutTraceparent_isNothing(String state) {
        assertThat(received("tracestate", state)).isNull();
    }
}
