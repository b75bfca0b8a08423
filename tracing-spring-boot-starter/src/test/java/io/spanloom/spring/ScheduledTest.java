package io.spanloom.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spanloom.Outcome;
import io.spanloom.Tracing;
import io.spanloom.annotation.Traced;
import io.spanloom.spi.MemorySpan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.slf4j.MDC;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** {@code @Traced} beside Spring's own {@code @Scheduled}. */
class ScheduledTest {

    private @Nullable ConfigurableApplicationContext context;

    /** As a user's application is. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableScheduling
    @EnableAsync
    static class JobsApplication {

        @Bean
        Jobs jobs(Letters letters) {
            return new Jobs(letters);
        }

        @Bean
        Letters letters() {
            return new Letters();
        }
    }

    static class Jobs {

        private final Letters letters;
        private volatile boolean virtual;

        Jobs(Letters letters) {
            this.letters = letters;
        }

        @Scheduled(fixedDelay = 20)
        @Traced("cleanup")
        public void cleanUp() throws ReflectiveOperationException {
            Tracing.current().annotation("logged", String.valueOf(MDC.get("trace_id")));
            virtual = Boolean.TRUE.equals(
                    Runtime.version().feature() >= 21
                            ? Thread.class.getMethod("isVirtual").invoke(Thread.currentThread())
                            : false);
            letters.send();
        }

        @Scheduled(fixedRate = 20)
        @Traced("report")
        public void report() {
            throw new IllegalStateException("no paper");
        }
    }

    static class Letters {

        @Async
        @Traced("letter")
        public void send() {}
    }

    @BeforeEach
    void forget() {
        MemoryProvider.ENDED.clear();
    }

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
        Tracing.shutdown();
    }

    private ConfigurableApplicationContext start(String... options) {
        SpringApplication application = new SpringApplication(JobsApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(Map.of("logging.level.org.springframework.scheduling", "off"));
        context = application.run(options);
        return context;
    }

    private static List<MemorySpan> runs(String name) {
        await().until(() -> MemoryProvider.named(name).size() >= 3);
        return MemoryProvider.named(name);
    }

    private static void assertOwnTraces(List<MemorySpan> runs) {
        assertThat(runs).allSatisfy(run -> assertThat(run.parentSpanId()).isNull());
        assertThat(runs).extracting(MemorySpan::traceId).doesNotHaveDuplicates();
    }

    @Test
    void eachRun_isATraceOfItsOwn() {
        start();

        List<MemorySpan> runs = runs("cleanup");
        assertOwnTraces(runs);
        assertThat(runs).allSatisfy(run -> assertThat(run.annotations()).containsEntry("logged", run.traceId()));
    }

    @Test
    void asynchronousWorkOfARun_isInItsTrace() {
        start();

        List<MemorySpan> letters = runs("letter");
        await().untilAsserted(() -> assertThat(MemoryProvider.named("cleanup"))
                .extracting(MemorySpan::spanId)
                .containsAll(letters.stream().map(MemorySpan::parentSpanId).toList()));
        assertThat(letters).extracting(MemorySpan::traceId).doesNotHaveDuplicates();
    }

    @Test
    void runThatFails_isAFaultAndTheNextOneIsRun() {
        start();

        List<MemorySpan> runs = runs("report");
        assertOwnTraces(runs);
        assertThat(runs).allSatisfy(run -> {
            assertThat(run.outcome()).isEqualTo(Outcome.FAULT);
            assertThat(run.exceptions()).hasSize(1);
        });
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThreads_doNotChangeThat() {
        ConfigurableApplicationContext started = start("--spring.threads.virtual.enabled=true");

        assertOwnTraces(runs("cleanup"));
        assertThat(started.getBean(Jobs.class).virtual).isTrue();
    }
}
