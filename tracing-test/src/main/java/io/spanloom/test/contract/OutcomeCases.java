package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Http;
import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How spans end: exceptions and HTTP status. */
abstract class OutcomeCases extends ContractCases {

    private static final SpanSpec REQUEST =
            SpanSpec.named("request").kind(SpanKind.SERVER).placement(SpanSpec.Placement.SEGMENT);

    OutcomeCases(BackendContract contract) {
        super(contract);
    }

    private static ObservedException observed(Throwable thrown) {
        return new ObservedException(
                thrown.getClass().getName(), thrown.getMessage() == null ? "" : thrown.getMessage());
    }

    @Test
    void spanThatReturns_isOk() {
        Tracing.run("root", root -> {});

        ObservedSpan root = spans(1).only();
        assertThat(root.outcome()).isEqualTo(Outcome.OK);
        assertThat(root.exceptions()).isEmpty();
    }

    @Test
    void exception_isRecordedWithItsCauses() {
        IllegalStateException boom =
                new IllegalStateException("boom: again", new IOException("disk", new NoSuchElementException()));
        assertThrows(() -> Tracing.run("root", root -> {
            throw boom;
        }));

        ObservedSpan root = spans(1).only();
        assertThat(root.outcome()).isEqualTo(Outcome.FAULT);
        assertThat(root.exceptions())
                .containsExactly(
                        observed(boom),
                        new ObservedException("java.io.IOException", "disk"),
                        new ObservedException("java.util.NoSuchElementException", ""));
    }

    @Test
    void exceptionThroughSeveralSpans_isRecordedByTheDeepestAndAFaultOfAll() {
        IllegalStateException boom = new IllegalStateException("boom");
        assertThrows(() -> Tracing.run(
                "root",
                root -> Tracing.run(
                        "middle",
                        middle -> Tracing.run("deepest", deepest -> {
                            throw boom;
                        }))));

        ObservedSpans spans = spans(3);
        assertThat(spans.all()).extracting(ObservedSpan::outcome).containsOnly(Outcome.FAULT);
        assertThat(spans.named("deepest").exceptions()).containsExactly(observed(boom));
        assertThat(spans.named("middle").exceptions()).isEmpty();
        assertThat(spans.named("root").exceptions()).isEmpty();
    }

    @Test
    void exceptionThatIsWrappedOnItsWay_isRecordedAgain() {
        assertThrows(() -> Tracing.run("root", root -> {
            try {
                Tracing.run("child", child -> {
                    throw new IOException("disk");
                });
            } catch (IOException e) {
                throw new IllegalStateException("boom", e);
            }
        }));

        ObservedSpans spans = spans(2);
        assertThat(spans.named("child").exceptions())
                .containsExactly(new ObservedException("java.io.IOException", "disk"));
        assertThat(spans.named("root").exceptions())
                .startsWith(new ObservedException("java.lang.IllegalStateException", "boom"));
    }

    @Test
    void exceptionThatIsCaught_leavesTheSpansAboveOk() {
        Tracing.run(
                "root",
                root -> assertThrows(() -> Tracing.run("child", child -> {
                    throw new IllegalStateException("boom");
                })));

        ObservedSpans spans = spans(2);
        assertThat(spans.named("child").outcome()).isEqualTo(Outcome.FAULT);
        assertThat(spans.named("root").outcome()).isEqualTo(Outcome.OK);
        assertThat(spans.named("root").exceptions()).isEmpty();
    }

    @Test
    void failByHand_isAFaultWithItsException() {
        try (Span span = Tracing.span("root")) {
            span.fail(new IOException("disk"));
        }

        ObservedSpan root = spans(1).only();
        assertThat(root.outcome()).isEqualTo(Outcome.FAULT);
        assertThat(root.exceptions()).containsExactly(new ObservedException("java.io.IOException", "disk"));
    }

    @Test
    void expectedByHand_isRecordedAndNoFault() {
        Tracing.run("root", span -> span.expected(new IOException("declined")));

        ObservedSpan root = spans(1).only();
        assertThat(root.outcome()).isEqualTo(Outcome.OK);
        assertThat(root.exceptions()).containsExactly(new ObservedException("java.io.IOException", "declined"));
    }

    @Test
    void ignoredException_leavesNoTrace() {
        assertThrows(() -> Tracing.run(SpanSpec.named("root").ignore(IllegalArgumentException.class), span -> {
            throw new NumberFormatException("a subtype");
        }));

        ObservedSpan root = spans(1).only();
        assertThat(root.outcome()).isEqualTo(Outcome.OK);
        assertThat(root.exceptions()).isEmpty();
    }

    @Test
    void expectedException_isRecordedAndNoFault() {
        assertThrows(() -> Tracing.run(SpanSpec.named("root").expect(IllegalArgumentException.class), span -> {
            throw new NumberFormatException("a subtype");
        }));

        ObservedSpan root = spans(1).only();
        assertThat(root.outcome()).isEqualTo(Outcome.OK);
        assertThat(root.exceptions())
                .containsExactly(new ObservedException("java.lang.NumberFormatException", "a subtype"));
    }

    @ParameterizedTest
    @CsvSource({"200,OK", "302,OK", "404,ERROR", "429,THROTTLE", "500,FAULT", "503,FAULT"})
    void statusOfTheResponse_decides(int status, Outcome outcome) {
        Tracing.run(
                REQUEST,
                span -> span.http(Http.request("GET", "http://localhost/")).http(Http.response(status)));

        assertThat(spans(1).only().outcome()).isEqualTo(outcome);
    }

    @Test
    void statusAndException_statusDecides() {
        assertThrows(() -> Tracing.run(REQUEST, span -> {
            span.http(Http.request("GET", "http://localhost/")).http(Http.response(404));
            throw new NoSuchElementException("no such activity");
        }));

        ObservedSpan request = spans(1).only();
        assertThat(request.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(request.exceptions())
                .containsExactly(new ObservedException("java.util.NoSuchElementException", "no such activity"));
    }

    @Test
    void childThatFails_leavesTheRequestsStatusItsOwn() {
        Tracing.run(REQUEST, request -> {
            assertThrows(() -> Tracing.run("child", child -> {
                throw new IllegalStateException("boom");
            }));
            request.http(Http.request("GET", "http://localhost/")).http(Http.response(200));
        });

        ObservedSpans spans = spans(2);
        assertThat(spans.named("request").outcome()).isEqualTo(Outcome.OK);
        assertThat(spans.named("child").outcome()).isEqualTo(Outcome.FAULT);
    }

    @Test
    void messageWithLineBreaks_doesNotDisturbTheChain() {
        assertThrows(() -> Tracing.run("root", root -> {
            throw new IllegalStateException("first\nCaused by: forged", new IOException("disk"));
        }));

        assertThat(spans(1).only().exceptions())
                .extracting(ObservedException::type)
                .containsExactly("java.lang.IllegalStateException", "java.io.IOException");
    }
}
