package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.spring.aop.BaseAbstractXRayInterceptor;
import com.amazonaws.xray.spring.aop.XRayEnabled;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.annotation.DefaultNewSpanParser;
import io.micrometer.tracing.annotation.ImperativeMethodInvocationProcessor;
import io.micrometer.tracing.annotation.NewSpan;
import io.micrometer.tracing.annotation.SpanAspect;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Pointcut;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.aspectj.annotation.AspectJProxyFactory;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;

/** Beside the aspects that libraries ship for their annotations, each the library's own: two spans of each call are said. */
class RealWeaversTest extends WovenTest {

    /** As if nothing had been noticed and said yet. */
    @BeforeEach
    void forget() throws ReflectiveOperationException {
        for (String each : List.of("io.spanloom.woven.OtherWeavers", "io.spanloom.spi.Reporter")) {
            Method forget = Class.forName(each).getDeclaredMethod("forget");
            forget.setAccessible(true);
            forget.invoke(null);
        }
    }

    /** A recorder whose segments are kept. */
    private static final class Segments extends Emitter {
        final List<Segment> sent = new ArrayList<>();

        @Override
        public boolean sendSegment(Segment segment) {
            return sent.add(segment);
        }

        @Override
        public boolean sendSubsegment(Subsegment subsegment) {
            return true;
        }
    }

    private static <T> T proxy(T target, Object aspect) {
        AspectJProxyFactory factory = new AspectJProxyFactory(target);
        factory.setProxyTargetClass(true);
        factory.addAspect(aspect);
        return factory.getProxy();
    }

    static String said(Runnable action) {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return err.toString(StandardCharsets.UTF_8);
    }

    @XRayEnabled
    public static class OnXRay {
        public String call() {
            return "called".trim();
        }

        public String callAgain() {
            return "again".trim();
        }
    }

    /** As applications have it. */
    @Aspect
    public static class Inspector extends BaseAbstractXRayInterceptor {
        @Override
        @Pointcut("@within(com.amazonaws.xray.spring.aop.XRayEnabled)")
        public void xrayEnabledClasses() {}
    }

    @Test
    void aspectOfTheXRaySdk_isSaidOnceWithWhatToDo() {
        AWSXRayRecorder before = AWSXRay.getGlobalRecorder();
        Segments segments = new Segments();
        AWSXRay.setGlobalRecorder(AWSXRayRecorderBuilder.standard()
                .withEmitter(segments)
                .withSamplingStrategy(new AllSamplingStrategy())
                .build());
        try {
            OnXRay proxy = proxy(new OnXRay(), new Inspector());
            String said = said(() -> {
                AWSXRay.beginSegment("request");
                io.spanloom.Tracing.run("request", request -> {
                    proxy.call();
                    proxy.callAgain();
                });
                AWSXRay.endSegment();
            });

            assertThat(segments.sent)
                    .singleElement()
                    .satisfies(segment -> assertThat(segment.getSubsegments()).hasSize(2));
            assertThat(names()).containsExactly("call", "callAgain", "request");
            assertThat(said)
                    .containsOnlyOnce("TRC-073")
                    .contains("tracing.weave.foreign = xray, and by com.amazonaws.xray.spring.aop.")
                    .contains("remove the aspect that extends BaseAbstractXRayInterceptor");
        } finally {
            AWSXRay.setGlobalRecorder(before);
        }
    }

    public static class OnMicrometer {
        @NewSpan
        public String call() {
            return "called";
        }
    }

    private static Object spanAspect() {
        return new SpanAspect(new ImperativeMethodInvocationProcessor(new DefaultNewSpanParser(), Tracer.NOOP));
    }

    @Test
    void spanAspectOfMicrometer_isSaidWithWhatToDo() {
        OnMicrometer proxy = proxy(new OnMicrometer(), spanAspect());
        String said = said(proxy::call);

        assertThat(names()).containsExactly("call");
        assertThat(said)
                .containsOnlyOnce("TRC-073")
                .contains("tracing.weave.foreign = micrometer, and by io.micrometer.tracing.annotation.SpanAspect")
                .contains("remove the ObservedAspect or SpanAspect bean");
    }

    public static class OnTheStarter {
        @WithSpan
        public String call() {
            return "called";
        }
    }

    /** What the starter's auto-configuration makes. */
    private static Object withSpanAspect() throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName("io.opentelemetry.instrumentation.spring.autoconfigure.internal"
                        + ".instrumentation.annotations.InstrumentationWithSpanAspect")
                .getDeclaredConstructor(OpenTelemetry.class, ParameterNameDiscoverer.class);
        constructor.setAccessible(true);
        return constructor.newInstance(OpenTelemetry.noop(), new DefaultParameterNameDiscoverer());
    }

    @Test
    void aspectOfOpenTelemetrysSpringStarter_isSaidWithWhatToDo() throws Exception {
        OnTheStarter proxy = proxy(new OnTheStarter(), withSpanAspect());
        String said = said(proxy::call);

        assertThat(names()).containsExactly("OnTheStarter.call");
        assertThat(said)
                .containsOnlyOnce("TRC-073")
                .contains("tracing.weave.foreign = otel, and by io.opentelemetry.instrumentation.spring.autoconfigure")
                .contains("otel.instrumentation.annotations.enabled=false");
    }

    public static class OnBoth {
        @NewSpan
        public String micrometers() {
            return "called";
        }

        @WithSpan
        public String openTelemetrys() {
            return "called";
        }
    }

    @Test
    void aspectsOfTwoLibraries_areBothSaid() throws Exception {
        OnBoth proxy = proxy(proxy(new OnBoth(), spanAspect()), withSpanAspect());
        String said = said(() -> {
            proxy.micrometers();
            proxy.openTelemetrys();
        });

        assertThat(said)
                .contains("tracing.weave.foreign = micrometer, and by")
                .contains("tracing.weave.foreign = otel, and by");
    }
}
