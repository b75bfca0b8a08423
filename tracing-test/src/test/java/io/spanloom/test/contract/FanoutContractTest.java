package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.SpanSeed;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract, with the backend under test leading a second one; and what holds between the two. */
class FanoutContractTest extends BackendContract {

    private final MemoryObserver first = new MemoryObserver(SERVICE);
    private final MemoryObserver second = new MemoryObserver(SERVICE);

    private boolean follows;

    @Override
    protected Backend create(TracingConfig config) {
        return new MemoryBackend("contract", config.sampler(), first);
    }

    @Override
    protected void configure(TracingConfig.Builder builder) {
        follows = false; // until this very configuration is in force with the follower in it
        builder.provider(provider("second", config -> {
                    follows = true;
                    return new MemoryBackend("second", config.sampler(), second);
                }))
                .backend("contract,second");
    }

    @Override
    protected List<ObservedSpan> awaitSpans(int count) {
        return first.observed();
    }

    /** Whatever a case did, the follower saw the same. */
    @AfterEach
    void bothSawTheSame() {
        if (!follows) {
            return; // the group brought another backend to stand beside this one
        }
        assertThat(second.observed())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("startEpochMicros", "endEpochMicros")
                .containsExactlyInAnyOrderElementsOf(first.observed());
    }

    static BackendProvider provider(String name, Function<TracingConfig, Backend> create) {
        return new BackendProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Backend create(TracingConfig config) {
                return create.apply(config);
            }
        };
    }

    @Nested
    class OneThatFails {

        private void inForce(Backend broken, String order) {
            Tracing.reconfigure(TracingConfig.builder()
                    .alone()
                    .provider(provider("broken", config -> broken))
                    .provider(provider("well", config -> new MemoryBackend("well", config.sampler(), first)))
                    .provider(provider("second", config -> new MemoryBackend("second", config.sampler(), second)))
                    .backend(order)
                    .build());
        }

        @AfterEach
        void shutdown() {
            Tracing.shutdown();
        }

        @Test
        void leaderThatThrows_doesNotDisturbTheOthers() {
            inForce(new BrokenBackend(), "broken,well,second");
            Tracing.run("root", root -> Tracing.run("child", child -> child.annotation("a", 1)));

            assertThat(Tracing.current()).isSameAs(Span.noop());
            assertThat(first.observed()).extracting(ObservedSpan::name).containsExactly("child", "root");
        }

        @Test
        void followerThatThrows_doesNotDisturbTheOthers() {
            inForce(new BrokenBackend(), "well,broken,second");
            Tracing.run(
                    "root",
                    root -> Tracing.wrap(() -> Tracing.run("child", child -> {}))
                            .run());

            assertThat(first.observed()).extracting(ObservedSpan::name).containsExactly("child", "root");
        }

        @Test
        void consumerThatThrows_doesNotDisturbTheOthers() {
            inForce(
                    new MemoryBackend("broken", root -> true, span -> {
                        throw new IllegalStateException("full");
                    }),
                    "broken,well,second");
            Tracing.run("root", root -> {});

            assertThat(first.observed()).extracting(ObservedSpan::name).containsExactly("root");
        }
    }

    private static final class BrokenBackend implements Backend {
        private static IllegalStateException broken() {
            return new IllegalStateException("broken backend");
        }

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Span start(SpanSpec spec, @Nullable SpanSeed seed) {
            throw broken();
        }

        @Override
        public Span current() {
            throw broken();
        }

        @Override
        public @Nullable Object capture() {
            throw broken();
        }

        @Override
        public @Nullable Object enter(@Nullable Object captured) {
            throw broken();
        }

        @Override
        public void leave(@Nullable Object entered) {
            throw broken();
        }
    }
}
