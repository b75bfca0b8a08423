package io.spanloom.test;

/**
 * Where {@code assertThat(traces)} comes from:
 *
 * <pre>{@code
 * import static io.spanloom.test.TraceAssertions.assertThat;
 *
 * assertThat(traces).onlyTrace().hasRoot("checkout").hasChild("charge").withoutError();
 * }</pre>
 *
 * <p>AssertJ's own {@code Assertions.assertThat} takes a recorder just as well; both may be imported side by side.
 */
public final class TraceAssertions {

    private TraceAssertions() {}

    /** About everything that a test traced. */
    public static TracesAssert assertThat(TraceRecorder actual) {
        return new TracesAssert(actual);
    }

    /** About one trace. */
    public static TraceAssert assertThat(RecordedTrace actual) {
        return new TraceAssert(actual);
    }
}
