package io.spanloom.test;

import static io.spanloom.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
@ExtendWith(TracingExtension.class)
class TraceAssertionsTest {

    private TraceRecorder traces;

    @BeforeEach
    void record(TraceRecorder recorder) {
        traces = recorder;
    }

    private static void checkout() {
        Tracing.run("checkout", checkout -> {
            checkout.annotation("user_handle", "andrewbrown").annotation("items", 3);
            checkout.metadata("cart", "contents", Map.of("sku", "A1", "count", 2));
            Tracing.run("reserve", reserve -> {});
            Tracing.run("reserve", reserve -> {});
            assertThat(catchThrowable(() -> Tracing.run("charge", charge -> {
                        throw new IllegalStateException("declined", new IOException("timeout"));
                    })))
                    .hasMessage("declined");
            Tracing.run("receipt", receipt -> Tracing.run("mail", mail -> {}));
        });
    }

    private static void assertFails(ThrowingCallable assertion, String... words) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(words);
    }

    @Test
    void wholeTrace_readsAsOneSentence() {
        checkout();

        assertThat(traces)
                .onlyTrace()
                .hasRoot("checkout")
                .withAnnotation("user_handle", "andrewbrown")
                .withAnnotation("items", 3)
                .withMetadata("cart", "contents", Map.of("count", 2, "sku", "A1"))
                .withoutError()
                .hasSpans(6)
                .hasChild("reserve")
                .withoutAnnotation("user_handle")
                .parent()
                .hasChild("reserve")
                .parent()
                .hasChild("charge")
                .withFault()
                .withException(IllegalStateException.class, "declined")
                .withException(IOException.class)
                .parent()
                .hasChild("receipt")
                .withoutException()
                .hasChild("mail")
                .hasNoChildren()
                .parent()
                .hasNoOtherChildren()
                .parent()
                .hasNoOtherChildren();
    }

    @Test
    void assertJsOwnEntry_takesARecorderToo() {
        checkout();

        org.assertj.core.api.Assertions.assertThat(traces).onlyTrace().hasSpans(6);
    }

    @Test
    void failure_showsTheTreeAndWhatWasExpected() {
        checkout();

        assertFails(
                () -> assertThat(traces)
                        .onlyTrace()
                        .hasRoot("checkout")
                        .hasChild("charge")
                        .withoutError(),
                "expected of 'charge': no error and no fault, but it ended FAULT",
                "checkout  user_handle=andrewbrown  items=3  {cart/contents=",
                "├─ reserve\n├─ reserve\n",
                "├─ charge  FAULT  java.lang.IllegalStateException: declined  java.io.IOException: timeout   <--- here",
                "└─ receipt\n   └─ mail");
    }

    @Test
    void childThatIsNotThere_namesThoseThatAre() {
        checkout();
        SpanAssert root = assertThat(traces).onlyTrace().hasRoot("checkout");

        assertFails(() -> root.hasChild("mail"), "a child 'mail'", "'reserve', 'reserve', 'charge', 'receipt'");
        root.hasChild("reserve");
        root.hasChild("reserve");
        assertFails(() -> root.hasChild("reserve"), "another child 'reserve'");
        assertFails(root::hasNoOtherChildren, "no other children, but it has 'charge', 'receipt'");
        assertFails(root::hasNoChildren, "no children");
        assertFails(root::parent, "a parent, but it is the root");
    }

    @Test
    void wrongRootOrCount_isSaid() {
        checkout();

        assertFails(() -> assertThat(traces).onlyTrace().hasRoot("order"), "expected one root 'order'");
        assertFails(() -> assertThat(traces).onlyTrace().hasSpans(5), "expected 5 spans, but there are 6");
        assertFails(() -> assertThat(traces).isEmpty(), "expected 0 traces, but there is 1");
        assertFails(() -> assertThat(traces).traceWithRoot("order"), "one trace with the root 'order'");
        Tracing.run("other", other -> {});
        assertFails(() -> assertThat(traces).onlyTrace(), "expected one trace, but there are 2", "other");
        assertThat(traces).hasTraces(2).traceWithRoot("other").hasSpans(1);
    }

    @Test
    void wrongAnnotation_saysWhatItIs() {
        checkout();
        SpanAssert root = assertThat(traces).onlyTrace().hasRoot("checkout");

        assertFails(() -> root.withAnnotation("items", 4), "items = 4, but it is 3");
        assertFails(() -> root.withAnnotation("items", "3"), "items = \"3\", but it is 3");
        assertFails(() -> root.withAnnotation("price", 4), "there is none of that key");
        assertFails(() -> root.withoutAnnotation("items"), "no annotation items, but it is 3");
    }

    /** Compared by its components. */
    public record Cart(String sku, int count) {}

    @Test
    void metadata_isComparedByShape() {
        checkout();
        SpanAssert root = assertThat(traces).onlyTrace().hasRoot("checkout");

        root.withMetadata("cart", "contents", new Cart("A1", 2));
        assertFails(
                () -> root.withMetadata("cart", "contents", new Cart("A1", 3)),
                "{\"sku\":\"A1\",\"count\":3}, but it is {");
        assertFails(() -> root.withMetadata("contents", 3), "default/contents = 3, but there is none of that key");
        assertFails(() -> root.withMetadata("cart", "contents", List.of()), "(nothing: it is empty), but it is {");
    }

    @Test
    void outcomes_areToldApart() {
        SpanSpec call = SpanSpec.named("call").kind(SpanKind.CLIENT);
        Tracing.run("root", root -> {
            Tracing.run(call, span -> span.http(Http.response(404)));
            Tracing.run(call, span -> span.http(Http.response(429)));
        });
        SpanAssert root = assertThat(traces).onlyTrace().hasRoot("root");
        SpanAssert notFound =
                root.hasChild("call").withError().withHttpStatus(404).withKind(SpanKind.CLIENT);
        SpanAssert tooMany = root.hasChild("call").withError().withThrottle().withHttpStatus(429);

        assertFails(notFound::withThrottle, "a throttle, but it ended ERROR");
        assertFails(tooMany::withFault, "a fault, but it ended THROTTLE");
        assertFails(root::withError, "an error, but it ended OK");
        assertFails(() -> root.withHttpStatus(200), "there is no response");
        assertFails(() -> notFound.withHttpStatus(200), "it is 404");
        assertFails(() -> root.withException(IOException.class), "there is none");
        assertFails(() -> root.withKind(SpanKind.SERVER), "it is INTERNAL");
    }

    @Test
    void requestThatTheTestSentToItself_standsBelowItsCall() {
        Tracing.run("call", call -> {
            Map<String, String> headers = new HashMap<>();
            Tracing.inject(headers, Map::put);
            Tracing.segment("request", headers, Map::get).close();
        });

        assertThat(traces).onlyTrace().hasRoot("call").hasChild("request").withKind(SpanKind.SERVER);
    }

    @Test
    void awaitTraces_waitsForWorkOnOtherThreads() throws Exception {
        Thread worker;
        try (Span root = Tracing.span("root")) {
            worker = new Thread(Tracing.wrap(() -> Tracing.run("background", span -> {})));
        }
        worker.start();

        assertThat(traces.awaitTraces(1)).hasSize(1);
        worker.join();
        assertThat(traces).onlyTrace().hasRoot("root").hasChild("background");
    }

    @Test
    void traceWhoseRootHasEndedButIsNotHereYet_isNotComplete() {
        Tracing.run("root", root -> Tracing.run("child", child -> {}));
        RecordedTrace whole = traces.onlyTrace();

        assertThat(new RecordedTrace(whole.traceId(), whole.spans().subList(0, 1)).isComplete())
                .isFalse();
        assertThat(whole.isComplete()).isTrue();
    }

    @Test
    void awaitTracesInVain_showsWhatThereIs() {
        Span open;
        try (Span root = Tracing.span("root")) {
            open = Tracing.span("still open").detach();
        }

        assertFails(() -> traces.awaitTraces(1, Duration.ofMillis(20)), "expected 1 complete traces", "were 0", "root");
        open.close();
        assertThat(traces.awaitTraces(1)).hasSize(1);
    }

    @Test
    void childOfASpanThatIsOpen_isShownWithItsParentsName() {
        try (Span root = Tracing.span("root")) {
            Tracing.run("child", child -> {});

            assertThat(traces.toString()).contains("(below 'root', which has not ended) child");
        }
    }

    @Test
    void clear_forgets() {
        checkout();
        traces.clear();

        assertThat(traces).isEmpty();
        assertFails(() -> traces.onlyTrace(), "expected one trace, but there is none");
    }
}
