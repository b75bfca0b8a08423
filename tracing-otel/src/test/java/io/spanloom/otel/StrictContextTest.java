package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.opentelemetry.context.ContextStorage;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.spi.Sampler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In a JVM of its own, where OpenTelemetry's strict storage complains of every scope that is not closed as it should be. */
class StrictContextTest {

    @RegisterExtension
    final AttachedFixture otel = new AttachedFixture();

    @BeforeEach
    void needsTheStrictStorage() throws Exception {
        assumeTrue(Boolean.getBoolean("io.opentelemetry.context.enableStrictContext"));
        try {
            checkScopes();
        } catch (AssertionError left) {
            // by a test that leaks on purpose, where all run in one JVM; each check forgets what it complained of
        }
    }

    /** Throws where a scope is still open. */
    private static void checkScopes() throws Exception {
        ((AutoCloseable) ContextStorage.get()).close();
    }

    private static void use(OtelBackend backend) throws InterruptedException {
        Span root = backend.start(SpanSpec.named("root"), null);
        backend.start(SpanSpec.named("child"), null).close();
        Span detached = backend.start(SpanSpec.named("detached"), null).detach();
        Object captured = backend.capture();
        Thread thread = new Thread(() -> {
            Object entered = backend.enter(captured);
            backend.start(SpanSpec.named("there"), null).close();
            backend.leave(entered);
            detached.close();
        });
        thread.start();
        thread.join();
        root.close();
    }

    @Test
    void ordinaryUse_closesEveryScope() throws Exception {
        use(otel.backend);
        use(otel.backend(Sampler.ALL, true));
        use(otel.backend(Sampler.NONE, false));

        assertThatCode(StrictContextTest::checkScopes).doesNotThrowAnyException();
        assertThat(otel.exporter.getFinishedSpanItems()).hasSize(8);
    }

    @Test
    void spanThatIsNeverClosed_isNoticed() {
        Span open = otel.backend.start(SpanSpec.named("open"), null);

        assertThatThrownBy(StrictContextTest::checkScopes).isInstanceOf(AssertionError.class);
        open.close();
    }
}
