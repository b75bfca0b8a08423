package io.spanloom.test;

import io.spanloom.Http;
import io.spanloom.Outcome;
import io.spanloom.SpanKind;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.ThrownException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about one span of a trace, and ways to the ones around it: {@code hasChild} moves down to that child,
 * {@code parent} back up. What fails shows the trace as a tree. See {@link TraceAssertions}.
 */
public final class SpanAssert extends AbstractAssert<SpanAssert, MemorySpan> {

    private final RecordedTrace trace;
    private final Set<String> visited;

    SpanAssert(RecordedTrace trace, MemorySpan span) {
        this(trace, span, new HashSet<>());
    }

    private SpanAssert(RecordedTrace trace, MemorySpan span, Set<String> visited) {
        super(span, SpanAssert.class);
        this.trace = trace;
        this.visited = visited;
    }

    // --- where ------------------------------------------------------------------------------------------------------

    /**
     * A child of this name is directly below; what follows is about it. Where there are several, each call takes the
     * next one, in order of their starts: asked for twice, there must be two.
     */
    public SpanAssert hasChild(String name) {
        List<MemorySpan> children = trace.children(actual);
        for (MemorySpan child : children) {
            if (child.name().equals(name) && visited.add(child.spanId())) {
                return new SpanAssert(trace, child, visited);
            }
        }
        boolean another = children.stream().anyMatch(child -> child.name().equals(name));
        throw failed(
                "a" + (another ? "nother" : "") + " child '" + name + "'",
                children.isEmpty() ? "it has none" : "it has " + names(children));
    }

    /** The span above; what follows is about it. */
    public SpanAssert parent() {
        String id = actual.parentSpanId();
        for (MemorySpan span : trace.spans()) {
            if (span.spanId().equals(id)) {
                return new SpanAssert(trace, span, visited);
            }
        }
        throw failed("a parent", id == null ? "it is the root" : "its parent " + id + " was not recorded");
    }

    /** All children were asked for by {@link #hasChild}. */
    public SpanAssert hasNoOtherChildren() {
        List<MemorySpan> others = trace.children(actual).stream()
                .filter(child -> !visited.contains(child.spanId()))
                .toList();
        return check(others.isEmpty(), "no other children", () -> "it has " + names(others));
    }

    /** Nothing is below. */
    public SpanAssert hasNoChildren() {
        List<MemorySpan> children = trace.children(actual);
        return check(children.isEmpty(), "no children", () -> "it has " + names(children));
    }

    /** The trace has so many spans, the root among them. */
    public SpanAssert hasSpans(int count) {
        return check(
                trace.spans().size() == count,
                count + " spans in its trace",
                () -> "there are " + trace.spans().size());
    }

    // --- what -------------------------------------------------------------------------------------------------------

    /** The annotation has this value: a string, a truth value or a number, whole or not ({@code 3} is {@code 3L}). */
    public SpanAssert withAnnotation(String key, Object value) {
        Object found = actual.annotations().get(key);
        return check(
                Objects.equals(found, annotation(value)),
                "the annotation " + key + " = " + shown(annotation(value)),
                () -> found == null ? "there is none of that key" : "it is " + shown(found));
    }

    /** There is no annotation of this key. */
    public SpanAssert withoutAnnotation(String key) {
        Object found = actual.annotations().get(key);
        return check(found == null, "no annotation " + key, () -> "it is " + shown(found));
    }

    /** As {@link #withMetadata(String, String, Object)}, in the namespace {@code default}. */
    public SpanAssert withMetadata(String key, @Nullable Object value) {
        return withMetadata("default", key, value);
    }

    /**
     * The metadata has this value, by what was recorded of it: the expected value is recorded in the same way (a record
     * or a bean by its properties, a secret as {@code ***}) and then compared as JSON, where the order of keys is
     * of no account.
     */
    public SpanAssert withMetadata(String namespace, String key, @Nullable Object value) {
        String found = actual.metadata().getOrDefault(namespace, Map.of()).get(key);
        String wanted = ExpectedMetadata.json(namespace, key, value);
        boolean equal = found == null
                ? wanted == null
                : wanted != null && Objects.equals(JsonReader.read(found), JsonReader.read(wanted));
        return check(
                equal,
                "the metadata " + namespace + "/" + key + " = " + (wanted == null ? "(nothing: it is empty)" : wanted),
                () -> found == null ? "there is none of that key" : "it is " + found);
    }

    /** It ended well: neither fault nor error. (An exception that was expected may have been recorded.) */
    public SpanAssert withoutError() {
        return outcome(Outcome.OK, "no error and no fault");
    }

    /** It failed: X-Ray's {@code fault}, OpenTelemetry's status {@code ERROR}. */
    public SpanAssert withFault() {
        return outcome(Outcome.FAULT, "a fault");
    }

    /** Its caller was wrong: X-Ray's {@code error}, which a throttled call has, too. */
    public SpanAssert withError() {
        boolean error = actual.outcome() == Outcome.ERROR || actual.outcome() == Outcome.THROTTLE;
        return check(error, "an error", this::outcome);
    }

    /** Its caller asked too often: X-Ray's {@code error} and {@code throttle}. */
    public SpanAssert withThrottle() {
        return outcome(Outcome.THROTTLE, "a throttle");
    }

    /** An exception of exactly this type was recorded on this very span, itself or as a cause. */
    public SpanAssert withException(Class<? extends Throwable> type) {
        return check(
                actual.exceptions().stream().anyMatch(thrown -> thrown.type().equals(type.getName())),
                "the exception " + type.getName(),
                this::exceptions);
    }

    /** An exception of exactly this type and with this message was recorded, itself or as a cause. */
    public SpanAssert withException(Class<? extends Throwable> type, String message) {
        return check(
                actual.exceptions().stream()
                        .anyMatch(thrown -> thrown.type().equals(type.getName())
                                && thrown.message().equals(message)),
                "the exception " + type.getName() + ": " + message,
                this::exceptions);
    }

    /** No exception was recorded on this very span. */
    public SpanAssert withoutException() {
        return check(actual.exceptions().isEmpty(), "no exception", this::exceptions);
    }

    /** Its response had this status. */
    public SpanAssert withHttpStatus(int status) {
        Http.Response response = actual.response();
        return check(
                response != null && response.status() == status,
                "the HTTP status " + status,
                () -> response == null ? "there is no response" : "it is " + response.status());
    }

    /** It stands for this part of a conversation. */
    public SpanAssert withKind(SpanKind kind) {
        SpanKind found = actual.description().kind();
        return check(found == kind, "the kind " + kind, () -> "it is " + found);
    }

    // --- insides ----------------------------------------------------------------------------------------------------

    private SpanAssert outcome(Outcome wanted, String words) {
        return check(actual.outcome() == wanted, words, this::outcome);
    }

    private String outcome() {
        return "it ended " + actual.outcome();
    }

    private String exceptions() {
        List<ThrownException> found = actual.exceptions();
        return found.isEmpty()
                ? "there is none"
                : "it has "
                        + String.join(
                                " <- ",
                                found.stream()
                                        .map(t -> t.type() + ": " + t.message())
                                        .toList());
    }

    private SpanAssert check(boolean holds, String expected, java.util.function.Supplier<String> but) {
        if (!holds) {
            throw failed(expected, but.get());
        }
        return this;
    }

    private AssertionError failed(String expected, String but) {
        return failure(
                "%s",
                "expected of '" + actual.name() + "': " + expected + ", but " + but + ":\n"
                        + TraceText.of(trace, actual));
    }

    private static String names(List<MemorySpan> spans) {
        return String.join(
                ", ", spans.stream().map(span -> "'" + span.name() + "'").toList());
    }

    private static String shown(@Nullable Object value) {
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }

    /** The value as it is recorded. */
    private static Object annotation(Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof Number number && !(value instanceof Long) ? (Object) number.doubleValue() : value;
    }
}
