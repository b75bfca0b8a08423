package io.spanloom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Applications in JVMs of their own, some of which let nobody attach. */
class SelfAttachmentTest {

    private static final String WOVEN = "found 1 1 [0-9a-f]{32}";
    private static final String NOT_WOVEN = "found 1 1 null"; // nothing is current, so nothing is in the MDC

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Program {
        public static void main(String[] args) {
            SpringApplication application = new SpringApplication(Program.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            application.run(args).close();
            System.out.println(new Shop().find("1"));
        }
    }

    private static String run(String... options) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.command().addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.command().addAll(List.of(options));
        command.command().addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        Process process = command.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void noFlags_areNeeded() throws Exception {
        assertThat(run()).containsPattern(WOVEN).doesNotContain("TRC-057");
    }

    @Test
    void disabledMechanism_isOneLineThatSaysWhatToAdd() throws Exception {
        assertRefused(run("-XX:+DisableAttachMechanism"));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void agentsThatAreNotAllowed_areOneLineThatSaysWhatToAdd() throws Exception {
        assertRefused(run("-XX:-EnableDynamicAgentLoading"));
    }

    private static void assertRefused(String said) {
        assertThat(said)
                .contains(NOT_WOVEN)
                .containsOnlyOnce("TRC-057")
                .contains("start the JVM with -javaagent:tracing-agent.jar")
                .doesNotContain("\tat ");
    }
}
