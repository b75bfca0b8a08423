package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.config.DaemonConfiguration;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.strategy.IgnoreErrorContextMissingStrategy;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Spanloom and the X-Ray SDK in one application, both sending to one daemon. */
abstract class AtTheDaemon {

    static final Duration DEADLINE = Duration.ofSeconds(10);

    final LocalDaemon daemon = new LocalDaemon();
    private final AWSXRayRecorder before = AWSXRay.getGlobalRecorder();

    @BeforeEach
    final void inForce() throws IOException {
        AWSXRay.setGlobalRecorder(recorder());
        Tracing.reconfigure(configuration().build());
    }

    AWSXRayRecorder recorder() throws IOException {
        DaemonConfiguration address = new DaemonConfiguration();
        address.setDaemonAddress(daemon.address().toString());
        return AWSXRayRecorderBuilder.standard()
                .withEmitter(Emitter.create(address))
                .withSamplingStrategy(new AllSamplingStrategy())
                .withContextMissingStrategy(new IgnoreErrorContextMissingStrategy())
                .build();
    }

    TracingConfig.Builder configuration() {
        return TracingConfig.builder()
                .alone()
                .service("cruddur")
                .backend("xray")
                .set("tracing.xray.daemon-address", daemon.address().toString());
    }

    @AfterEach
    final void nothingLeft() {
        Object left = AWSXRay.getTraceEntity();
        AWSXRay.clearTraceEntity();
        Tracing.shutdown();
        AWSXRay.setGlobalRecorder(before);
        daemon.close();
        assertThat(left).as("current after the test").isNull();
    }

    /** What arrived, of our own and of the SDK's, at least so many datagrams. */
    final List<ObjectNode> documents(int count) {
        assertThat(Tracing.flush(DEADLINE)).isTrue();
        return daemon.await(count);
    }

    /** Waits until what was sent has arrived: a socket's receive buffer holds some hundred datagrams, and drops the rest. */
    final void keepUp() {
        assertThat(Tracing.flush(DEADLINE)).isTrue();
        daemon.awaitArrival(Tracing.stats().delivered());
    }

    final ObjectNode named(String name) {
        assertThat(Tracing.flush(DEADLINE)).isTrue();
        return LocalDaemon.named(daemon.await(1), name);
    }

    static <T> T elsewhere(Callable<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action);
        Thread thread = new Thread(task, "elsewhere");
        thread.setDaemon(true);
        thread.start();
        return task.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }
}
