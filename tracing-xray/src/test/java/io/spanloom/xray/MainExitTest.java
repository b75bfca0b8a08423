package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.strategy.sampling.CentralizedSamplingStrategy;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whether a program whose {@code main} returns ends: in JVMs of their own. */
class MainExitTest {

    /** What the SDK does when it is asked for its usual sampling. */
    static final class BySdk {
        public static void main(String[] args) {
            new CentralizedSamplingStrategy()
                    .shouldTrace(new com.amazonaws.xray.strategy.sampling.SamplingRequest("a", "b", "c", "d", "e"));
            System.out.println(nonDaemons());
            System.exit(0); // or it would never end
        }
    }

    static final class BySpanloom {
        public static void main(String[] args) {
            Tracing.reconfigure(TracingConfig.builder()
                    .alone()
                    .service("cruddur")
                    .backend("xray")
                    .set("tracing.xray.daemon-address", args[0])
                    .build());
            Tracing.run("job", job -> AWSXRay.createSubsegment("theirs", () -> {}));
            System.out.println(nonDaemons());
        }
    }

    private static List<String> nonDaemons() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .map(Thread::getName)
                .filter(name -> !name.equals("main") && !name.equals("DestroyJavaVM"))
                .sorted()
                .collect(Collectors.toList());
    }

    private static String outputOf(Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        String modules = System.getProperty("jdk.module.path", "");
        command.add(
                List.of("target/test-classes", "target/classes", modules, System.getProperty("java.class.path"))
                        .stream()
                        .filter(path -> !path.isEmpty())
                        .collect(Collectors.joining(java.io.File.pathSeparator)));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("the program ends")
                    .isTrue();
            return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void bySdk_twoThreadsKeepTheProgramAlive() throws Exception {
        assertThat(outputOf(BySdk.class)).isNotEqualTo("[]");
    }

    @Test
    void bySpanloom_theProgramEndsAndWhatItTracedHasArrived() throws Exception {
        try (LocalDaemon daemon = new LocalDaemon()) {
            assertThat(outputOf(BySpanloom.class, daemon.address().toString())).isEqualTo("[]");
            assertThat(LocalDaemon.flat(daemon.await(1))).hasSize(2);
        }
    }
}
