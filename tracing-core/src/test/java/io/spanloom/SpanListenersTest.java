package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Said;
import io.spanloom.spi.SpanListener;
import io.spanloom.spi.SpanListenerProvider;
import io.spanloom.spi.SpanView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who listens, and what becomes of those that are broken. What is heard, of every backend, is in the backends' contract. */
class SpanListenersTest {

    private final List<String> heard = new ArrayList<>();
    private final SpanListener names = new SpanListener() {
        @Override
        public void onEnd(SpanView span) {
            heard.add(span.name());
        }
    };

    private final InMemory memory = new InMemory();

    @AfterEach
    void close() {
        assertThat(Tracing.current()).isSameAs(Span.noop()); // while there is a backend that could know better
        memory.close();
    }

    private static final class Hostile implements SpanListener {
        @Override
        public String name() {
            return "hostile";
        }

        @Override
        public void onStart(SpanView span) {
            throw new IllegalStateException("no starts");
        }

        @Override
        public void onEnd(SpanView span) {
            throw new IllegalStateException("no ends");
        }
    }

    @Test
    void listenerThatThrows_isSaidOnceAndCounted() throws Exception {
        try (Scope listening = SpanListeners.add(new Hostile())) {
            String said = Said.by(() -> {
                Tracing.run("one", span -> {});
                Tracing.run("two", span -> {});
            });

            assertThat(said)
                    .containsOnlyOnce("TRC-027")
                    .contains("the listener hostile threw")
                    .contains("no starts");
            assertThat(SpanListeners.stats())
                    .containsEntry("hostile", new BackendStats(4, 0, Map.of("listener threw", 4L), 0));
        }
    }

    @Test
    void removedListener_hearsNothingMore() {
        Scope listening = SpanListeners.add(names);
        Tracing.run("one", span -> listening.close());
        Tracing.run("two", span -> {});
        listening.close();

        assertThat(heard).isEmpty();
        assertThat(SpanListeners.stats()).isEmpty();
        assertThat(memory.ended).hasSize(2);
    }

    @Test
    void listenerThatTraces_isNotToldOfItself() {
        SpanListener traced = new SpanListener() {
            @Override
            public void onEnd(SpanView span) {
                heard.add(span.name());
                Tracing.run("while listening", inner -> inner.fail(new IllegalStateException("boom")));
            }
        };
        try (Scope listening = SpanListeners.add(traced)) {
            Tracing.run("work", span -> {});
        }

        assertThat(heard).containsExactly("work");
        assertThat(memory.ended).extracting(Span::name).containsExactlyInAnyOrder("work", "while listening");
    }

    @Test
    void listenerIsAddedAmidATrace_hearsWhatStartsThen() {
        Scope[] listening = new Scope[1];
        Tracing.run("root", root -> {
            listening[0] = SpanListeners.add(names);
            Tracing.run("child", child -> assertThat(Tracing.current()).isSameAs(child));
        });
        listening[0].close();

        assertThat(heard).containsExactly("child");
    }

    @Test
    void nobodyListens_spansAreTheBackendsOwn() {
        SpanListeners.add(names).close();

        try (Span span = Tracing.span("work")) {
            assertThat(span).isInstanceOf(io.spanloom.spi.MemorySpan.class);
        }
    }

    @Test
    void secretLookingAnnotation_isHidden() {
        List<Map<String, Object>> seen = new ArrayList<>();
        SpanListener annotations = new SpanListener() {
            @Override
            public void onEnd(SpanView span) {
                seen.add(span.annotations());
            }
        };
        try (Scope listening = SpanListeners.add(annotations)) {
            Tracing.run("work", span -> span.annotation("api_token", "abc").annotation("handle", "andrew"));
        }

        assertThat(seen).containsExactly(Map.of("api_token", "***", "handle", "andrew"));
    }

    @Test
    void annotationsBeyondThirtyTwo_areNotHeardAndAreRecorded() {
        List<Integer> seen = new ArrayList<>();
        SpanListener counts = new SpanListener() {
            @Override
            public void onEnd(SpanView span) {
                seen.add(span.annotations().size());
            }
        };
        try (Scope listening = SpanListeners.add(counts)) {
            Tracing.run("work", span -> {
                for (int i = 0; i < 100; i++) {
                    span.annotation("key" + i, i);
                }
            });
        }

        assertThat(seen).containsExactly(32);
        assertThat(memory.ended.element().annotations()).hasSize(100);
    }

    public static final class Provided implements SpanListenerProvider, SpanListener {
        static final List<String> CALLS = new ArrayList<>();

        @Override
        public SpanListener create(TracingConfig config) {
            CALLS.add("created for " + config.service());
            return this;
        }

        @Override
        public void onStart(SpanView span) {
            CALLS.add(span.name());
        }

        @Override
        public boolean flush(Duration timeout) {
            CALLS.add("flushed");
            return true;
        }

        @Override
        public void close() {
            CALLS.add("closed");
        }
    }

    public static final class Unwanted implements SpanListenerProvider {
        @Override
        public @Nullable SpanListener create(TracingConfig config) {
            return null;
        }
    }

    public static final class Broken implements SpanListenerProvider {
        @Override
        public SpanListener create(TracingConfig config) {
            throw new IllegalStateException("not today");
        }
    }

    public static final class Misconfigured implements SpanListenerProvider {
        @Override
        public SpanListener create(TracingConfig config) {
            throw new TracingConfigException(List.of("tracing.pager.number is not a number"));
        }
    }

    @Test
    void provider_isAskedForEachConfigurationAndItsListenerIsFlushedAndClosed() throws Exception {
        Provided.CALLS.clear();
        try (ProvidersOnThePath path = ProvidersOnThePath.ofService(
                SpanListenerProvider.class, Unwanted.class.getName(), Provided.class.getName())) {
            try (InMemory configured = new InMemory(TracingConfig.SERVICE, "pager")) {
                Tracing.run("work", span -> {});
                Tracing.flush(Duration.ofSeconds(5));
            }
        }

        assertThat(Provided.CALLS).containsExactly("created for pager", "work", "flushed", "closed");
    }

    @Test
    void providerThatCannotBeMade_isSaidAndLeftOut() throws Exception {
        Provided.CALLS.clear();
        String said = Said.by(() -> {
            try (ProvidersOnThePath path = ProvidersOnThePath.ofService(
                            SpanListenerProvider.class,
                            "com.acme.Gone",
                            Broken.class.getName(),
                            Provided.class.getName());
                    InMemory configured = new InMemory()) {
                Tracing.run("work", span -> {});
            }
        });

        assertThat(said).contains("TRC-028");
        assertThat(Provided.CALLS).contains("work");
    }

    @Test
    void providerThatIsMisconfigured_isAnErrorOfTheConfiguration() throws Exception {
        Provided.CALLS.clear();
        try (ProvidersOnThePath path = ProvidersOnThePath.ofService(
                SpanListenerProvider.class, Provided.class.getName(), Misconfigured.class.getName())) {
            assertThatThrownBy(InMemory::new)
                    .isInstanceOf(TracingConfigException.class)
                    .hasMessageContaining("tracing.pager.number is not a number");
        }

        assertThat(Provided.CALLS).containsExactly("created for test", "closed");
    }
}
