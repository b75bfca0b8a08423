package io.spanloom.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.Sampler;
import io.spanloom.spi.SpanSeed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTreeTest {

    private final List<MemorySpan> ended = new ArrayList<>();
    private final MemoryBackend backend = new MemoryBackend("log", Sampler.ALL, ended::add);

    private Span span(String name) {
        return backend.start(SpanSpec.named(name), null);
    }

    private MemorySpan last() {
        return ended.get(ended.size() - 1);
    }

    private static String withoutTimes(String tree) {
        return tree.replaceAll("\\d+\\.\\d ms", "0.0 ms");
    }

    @Test
    void requestUnderAnotherName_isPrintedUnderIt() {
        backend.start(SpanSpec.named("GET /"), SpanSeed.servedBy(null, "4567-cruddur.gitpod.io"))
                .close();

        assertThat(TraceTree.of("backend-java", last()))
                .contains("  4567-cruddur.gitpod.io  ")
                .doesNotContain("backend-java");
    }

    @Test
    void trace_isATree() {
        SpanSeed seed = SpanSeed.remote("6b0149315b2f0c6a1d2e3f4a5b6c7d8e", "00f067aa0ba902b7", true);
        try (Span root = backend.start(SpanSpec.named("GET /api/activities/home"), seed)) {
            try (Span home = span("HomeActivities.run")) {
                home.annotation("user_handle", "andrewbrown");
                try (Span mock = span("returning_mock_data")) {
                    mock.metadata("activities", "results", 3);
                }
                span("empty").close();
            }
            Span audit = span("audit");
            audit.close(new IllegalStateException("boom\nbang", new IOException()));
            root.http(Http.response(200));
        }

        assertThat(withoutTimes(TraceTree.of("backend-java", last()))).isEqualTo("""
                        trace 1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e  backend-java  0.0 ms
                        GET /api/activities/home  0.0 ms  200
                        ├─ HomeActivities.run  0.0 ms  user_handle=andrewbrown
                        │  ├─ returning_mock_data  0.0 ms  {activities/results=3}
                        │  └─ empty  0.0 ms
                        └─ audit  0.0 ms  FAULT java.lang.IllegalStateException: boom bang <- java.io.IOException""");
    }

    @Test
    void lineEndsInKeys_startNoLineOfTheirOwn() {
        span("root")
                .metadata("a\nb", "c\r\nspanloom WARN \u2028forged\u001b[2J", 1)
                .close();

        List<String> lines = List.of(TraceTree.of("s", last()).split("\\R"));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains("{a b/c  spanloom WARN  forged [2J=1}");
    }

    @Test
    void moreSpansThanAreKept_areCounted() {
        try (Span root = span("endless")) {
            for (int i = 0; i < 10_003; i++) {
                span("step").close();
            }
        }

        assertThat(last().children()).hasSize(10_000);
        assertThat(TraceTree.of("job", last())).endsWith("(3 more spans were started and are not shown)");
    }

    @Test
    void childThatIsStillOpen_saysSo() {
        Span root = span("root");
        span("open");
        root.close();

        assertThat(withoutTimes(TraceTree.of("service", last()))).endsWith("root  0.0 ms\n└─ open  (not ended)");
    }

    @Test
    void lateChild_isToldApart() {
        Span root = span("root");
        Span late = span("late");
        root.close();
        late.close();

        assertThat(withoutTimes(TraceTree.late("service", last())))
                .endsWith("service  (ended after its root)\nlate  0.0 ms");
    }

    @Test
    void longValue_isCut() {
        try (Span root = span("root")) {
            root.annotation("long", "a".repeat(500));
        }

        assertThat(TraceTree.of("service", last())).endsWith("long=" + "a".repeat(120) + "...");
    }
}
