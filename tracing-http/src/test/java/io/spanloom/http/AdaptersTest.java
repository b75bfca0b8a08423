package io.spanloom.http;

import static io.spanloom.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.spi.MemorySpan;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What adapters to libraries that are not among this module's get from it. */
@ExtendWith(TracingExtension.class)
class AdaptersTest {

    private static final String URL = "http://h/items/1";

    private static MemorySpan named(TraceRecorder traces, String name) {
        return traces.spans().stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @SuppressWarnings("NullAway") // an adapter's mistake
    void callThatCannotBeDescribed_isASpanAllTheSameAndEnds(TraceRecorder traces) {
        Tracing.run("job", job -> {
            Span call = OutgoingCalls.start("GET", "h", null);
            assertThat(Tracing.current()).isEqualTo(call);
            call.close();
            assertThat(Tracing.current()).isEqualTo(job);
        });

        assertThat(traces.onlyTrace()).hasRoot("job").hasSpans(2).hasChild("h");
    }

    @ParameterizedTest
    @CsvSource({"12, 12", "12x, 0", "-1, 0", "99999999999999999999, 0", "'', 0"})
    void lengthOfAnAnswer_isWhatTheHeaderSaysWhereThatIsANumber(String header, long length, TraceRecorder traces) {
        Tracing.run("job", job -> {
            Span call = OutgoingCalls.start("GET", "h", URL);
            OutgoingCalls.answered(call, 200, header);
            call.close();
        });

        Http.Response response = Objects.requireNonNull(named(traces, "h").response());
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.contentLength()).isEqualTo(length);
    }

    @Test
    void headersThatAreLists_areReadByTheirFirst(TraceRecorder traces) {
        Map<String, List<String>> headers = Map.of(
                "User-Agent", List.of("curl/8"), "X-Forwarded-For", List.of("203.0.113.9, 10.0.0.1", "10.0.0.2"));

        IncomingRequests.start("GET", URL, "10.0.0.3", headers, Map::get, headers, (answer, name, value) -> {})
                .close();

        assertThat(named(traces, "GET").request())
                .isEqualTo(Http.request("GET", URL).userAgent("curl/8").forwardedFor("203.0.113.9"));
    }

    @Test
    void headersThatCannotBeRead_areNone(TraceRecorder traces) {
        IncomingRequests.start(
                        "GET",
                        URL,
                        "10.0.0.3",
                        Map.of(),
                        (headers, name) -> {
                            throw new IllegalStateException("boom");
                        },
                        Map.of(),
                        (answer, name, value) -> {})
                .close();

        assertThat(named(traces, "GET").request())
                .isEqualTo(Http.request("GET", URL).clientIp("10.0.0.3"));
    }
}
