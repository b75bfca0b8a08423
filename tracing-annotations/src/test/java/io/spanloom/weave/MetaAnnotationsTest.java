package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.SpanKind;
import io.spanloom.Tracing;
import io.spanloom.annotation.NotTraced;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Annotations of the application's own that carry ours. */
class MetaAnnotationsTest extends WovenTest {

    @Traced(kind = SpanKind.CLIENT, namespace = "remote")
    @Retention(RetentionPolicy.RUNTIME)
    @interface RemoteCall {}

    @RemoteCall
    @interface Twice {}

    @Subsegment("step")
    @interface Step {}

    @NotTraced
    @interface Quiet {}

    @SpanAnnotation("tenant")
    @interface Tenant {}

    @Around
    @interface Inside {}

    @Inside
    @interface Around {}

    static class Calls {
        @RemoteCall
        void call(@Tenant String tenant) {}

        @Twice
        void twice() {}

        @Step
        void step() {}

        @RemoteCall
        @Traced("own")
        void both() {}

        @Inside
        void circle() {}
    }

    @RemoteCall
    static class Whole {
        public void run() {}

        @Quiet
        public void quiet() {}
    }

    interface Port {
        @RemoteCall
        void call();
    }

    static class Adapter implements Port {
        @Override
        public void call() {}
    }

    private final Calls calls = new Calls();

    @Test
    void methodWithAnnotationThatIsTraced_isTracedAsThatSays() {
        calls.call("acme");
        assertThat(only().name()).isEqualTo("Calls.call");
        assertThat(only().description().kind()).isEqualTo(SpanKind.CLIENT);
        assertThat(only().annotations()).isEqualTo(Map.of("tenant", "acme"));
    }

    @Test
    void annotationOfAnAnnotation_isFollowedFurther() {
        calls.twice();
        assertThat(names()).containsExactly("Calls.twice");
    }

    @Test
    void annotationThatIsASubsegment_staysBelowTheCurrent() {
        calls.step();
        Tracing.run("root", span -> calls.step());
        assertThat(names()).containsExactly("step", "root");
    }

    @Test
    void writtenAnnotation_winsOverTheOneStoodFor() {
        calls.both();
        assertThat(names()).containsExactly("own");
    }

    @Test
    void annotationsInACircle_meanNothing() {
        calls.circle();
        assertThat(names()).isEmpty();
    }

    @Test
    void annotationOnAType_tracesItsPublicMethods() {
        new Whole().run();
        new Whole().quiet();
        assertThat(names()).containsExactly("Whole.run");
    }

    @Test
    void annotationOnAnImplementedMethod_isInherited() {
        new Adapter().call();
        assertThat(names()).containsExactly("Adapter.call");
        assertThat(Weaver.explain(Adapter.class).toString())
                .contains("annotated in " + Port.class.getName() + ".call by @RemoteCall");
    }
}
