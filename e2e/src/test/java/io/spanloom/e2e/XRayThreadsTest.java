package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the flight recorder sees of the application's threads while they are traced to X-Ray: no socket, no look-up, no wait
 * for a lock. The JDK (17 to 25) has no event for datagrams, so those are looked for in the samples of native methods; that
 * only the exporter's thread ever sends is shown in tracing-xray, at the sink itself.
 */
class XRayThreadsTest {

    /** Longer than the scheduler of a loaded machine leaves the holder of a lock waiting. */
    private static final Duration LONG = Duration.ofMillis(500);

    private static final Set<String> NETWORK = Set.of(
            "sun.nio.ch.DatagramChannelImpl",
            "sun.nio.ch.DatagramDispatcher",
            "java.net.InetAddress",
            "java.net.Inet6AddressImpl",
            "java.net.Inet4AddressImpl");

    @AfterEach
    void over() {
        Tracing.shutdown();
    }

    @Test
    void withADaemon_applicationThreadsNeitherSendNorWait(@TempDir Path folder) throws Exception {
        try (Datagrams daemon = new Datagrams()) {
            assertThat(seen(daemon.address(), folder)).isEmpty();
        }
    }

    @Test
    void withAHostThatDoesNotResolve_applicationThreadsNeitherLookUpNorWait(@TempDir Path folder) throws Exception {
        assertThat(seen("nowhere.invalid:2000", folder)).isEmpty();
    }

    private static List<String> seen(String address, Path folder) throws Exception {
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("cruddur")
                .backend("xray")
                .set("tracing.xray.daemon-address", address)
                .build());
        Path file = folder.resolve("threads.jfr");
        int ends = 0;
        try (Recording recording = new Recording()) {
            recording.enable("jdk.SocketWrite").withThreshold(Duration.ZERO).withStackTrace();
            recording.enable("jdk.SocketRead").withThreshold(Duration.ZERO).withStackTrace();
            recording.enable("jdk.JavaMonitorEnter").withThreshold(LONG).withStackTrace();
            recording.enable("jdk.ThreadPark").withThreshold(LONG).withStackTrace();
            recording.enable("jdk.ThreadSleep").withThreshold(Duration.ZERO).withStackTrace();
            recording.enable("jdk.NativeMethodSample").withPeriod(Duration.ofMillis(10));
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.start();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Thread thread = new Thread(XRayThreadsTest::work, "application-" + t);
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            recording.stop();
            recording.dump(file);
        }
        assertThat(Files.size(file)).isPositive();
        List<String> found = new ArrayList<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            String thread = threadOf(event);
            if (!thread.startsWith("application-")) {
                continue;
            }
            boolean sample = event.getEventType().getName().endsWith("Sample");
            if (!sample || touchesTheNetwork(event)) {
                found.add(event.toString());
            }
            ends++;
        }
        assertThat(ends)
                .as("events of application threads, or nothing was looked at")
                .isPositive();
        return found;
    }

    private static String threadOf(RecordedEvent event) {
        String field = event.hasField("sampledThread") ? "sampledThread" : "eventThread";
        return event.hasField(field) && event.getThread(field) != null
                ? String.valueOf(event.getThread(field).getJavaName())
                : "";
    }

    private static boolean touchesTheNetwork(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return false;
        }
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
            if (NETWORK.contains(frame.getMethod().getType().getName())) {
                return true;
            }
        }
        return false;
    }

    private static void work() {
        long until = System.nanoTime() + 1_000_000_000L;
        while (System.nanoTime() < until) {
            Tracing.run("request", request -> {
                for (int i = 0; i < 10; i++) {
                    Tracing.run("child", child -> child.annotation("k", "v").metadata("m", List.of(1, 2)));
                }
            });
        }
    }
}
