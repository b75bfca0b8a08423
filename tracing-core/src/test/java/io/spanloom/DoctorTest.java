package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.spanloom.Diagnosis.Finding;
import io.spanloom.Diagnosis.Level;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.DoctorCheck;
import io.spanloom.spi.Findings;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.SpanSeed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoctorTest {

    /** A backend that has something to say. */
    private static final class Talking extends Delegating implements DoctorCheck {
        private final DoctorCheck check;

        Talking(DoctorCheck check) {
            this.check = check;
        }

        @Override
        public void check(Findings findings) {
            check.check(findings);
        }

        @Override
        public BackendStats stats() {
            return new BackendStats(5, 2, Map.of("queue full", 3L), 0);
        }
    }

    private static class Delegating implements Backend {
        private final Backend memory = new MemoryBackend("talking", spec -> true, span -> {});

        @Override
        public String name() {
            return "talking";
        }

        @Override
        public Span start(SpanSpec spec, @Nullable SpanSeed seed) {
            return memory.start(spec, seed);
        }

        @Override
        public Span current() {
            return memory.current();
        }

        @Override
        public @Nullable Object capture() {
            return memory.capture();
        }

        @Override
        public @Nullable Object enter(@Nullable Object captured) {
            return memory.enter(captured);
        }

        @Override
        public void leave(@Nullable Object entered) {
            memory.leave(entered);
        }
    }

    private static BackendProvider talking(DoctorCheck check) {
        return new BackendProvider() {
            @Override
            public String name() {
                return "talking";
            }

            @Override
            public Backend create(TracingConfig config) {
                return new Talking(check);
            }
        };
    }

    @BeforeEach
    @AfterEach
    void fromTheBeginning() {
        Tracing.shutdown();
        System.clearProperty("tracing.config");
        System.clearProperty("tracing.backend");
        System.clearProperty("tracing.strict");
    }

    private static TracingConfig.Builder talkingConfig(DoctorCheck check) {
        return TracingConfig.builder().alone().provider(talking(check)).backend("talking");
    }

    private static List<Finding> problems(Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .filter(finding -> finding.level() == Level.PROBLEM)
                .filter(finding -> !finding.topic().equals("messages so far")) // of other tests
                .toList();
    }

    @Test
    void whatIsConfigured_isShownWithItsOrigin() {
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .backend("log")
                .set("tracing.service", "cruddur", "the test")
                .build());

        Diagnosis diagnosis = Tracing.doctor();

        assertThat(problems(diagnosis)).isEmpty();
        assertThat(diagnosis.findings())
                .extracting(Finding::level, Finding::text)
                .contains(
                        tuple(Level.OK, "tracing.service = cruddur, from the test"),
                        tuple(Level.OK, "every new trace is recorded"));
        assertThat(diagnosis.toString()).contains("\n\nconfiguration\n  ok       tracing.");
    }

    @Test
    void serviceWithoutAName_isAProblemWithItsCure() {
        Tracing.reconfigure(TracingConfig.builder().alone().backend("log").build());

        assertThat(problems(Tracing.doctor())).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("TRC-045");
            assertThat(finding.cure()).contains("TRACING_SERVICE");
            assertThat(finding.page()).isEqualTo("docs/messages.md#trc-045");
        });
    }

    @Test
    void wrongConfiguration_isSaidInTheWordsOfItsMessage() {
        System.setProperty("tracing.backend", "xrya");

        Diagnosis diagnosis = Tracing.doctor();

        assertThat(diagnosis.isHealthy()).isFalse();
        assertThat(problems(diagnosis)).first().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("TRC-002");
            assertThat(finding.text()).contains("xrya", "system property tracing.backend");
        });
    }

    @Test
    void wrongConfigurationThatIsStrict_doesNotThrowEither() {
        System.setProperty("tracing.backend", "xrya");
        System.setProperty("tracing.strict", "true");

        assertThat(problems(Tracing.doctor()))
                .first()
                .satisfies(finding -> assertThat(finding.text()).contains("xrya"));
    }

    @Test
    void tracingThatIsOffOnPurpose_isNoProblem() {
        Tracing.reconfigure(TracingConfig.builder().alone().backend("none").build());

        assertThat(problems(Tracing.doctor())).isEmpty();
    }

    @Test
    void droppedSpans_areAProblem() {
        Tracing.reconfigure(talkingConfig(findings -> findings.note("talking", "line\nbreak"))
                .service("cruddur")
                .build());

        Diagnosis diagnosis = Tracing.doctor();

        assertThat(problems(diagnosis)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("TRC-046");
            assertThat(finding.text()).contains("5 offered", "queue full=3");
        });
        assertThat(diagnosis.findings()).extracting(Finding::text).contains("line break");
    }

    @Test
    void checkThatThrows_leavesTheOthers() {
        Tracing.reconfigure(talkingConfig(findings -> {
                    findings.ok("talking", "before");
                    throw new IllegalStateException("broken");
                })
                .service("cruddur")
                .build());

        Diagnosis diagnosis = Tracing.doctor();

        assertThat(diagnosis.findings()).extracting(Finding::text).contains("before");
        assertThat(problems(diagnosis))
                .anySatisfy(finding -> assertThat(finding.text()).contains("IllegalStateException: broken"));
    }

    @Test
    void messageThatWasSaid_isShownWithHowOften() {
        Reporter.warn("TRC-999", "something of the doctor's test");
        Reporter.warn("TRC-999", "something of the doctor's test");

        assertThat(Tracing.doctor().findings())
                .extracting(Finding::text)
                .anyMatch(text -> text.startsWith("something of the doctor's test") && text.endsWith("(2 times)"));
    }

    @Test
    void json_isOneObjectWithEveryFinding() {
        Findings findings = new Findings();
        findings.problem("a \"topic\"", "TRC-001", "text", "cure");

        assertThat(new Diagnosis(findings.list()).toJson())
                .isEqualTo("{\"healthy\":false,\"findings\":[{\"level\":\"problem\",\"topic\":\"a \\\"topic\\\"\","
                        + "\"code\":\"TRC-001\",\"text\":\"text\",\"cure\":\"cure\","
                        + "\"page\":\"docs/messages.md#trc-001\"}]}");
    }
}
