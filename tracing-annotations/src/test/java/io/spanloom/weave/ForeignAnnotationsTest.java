package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.xray.spring.aop.XRayEnabled;
import io.micrometer.observation.annotation.Observed;
import io.micrometer.tracing.annotation.ContinueSpan;
import io.micrometer.tracing.annotation.NewSpan;
import io.micrometer.tracing.annotation.SpanTag;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.instrumentation.annotations.SpanAttribute;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import io.spanloom.Outcome;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.lambda.powertools.tracing.CaptureMode;

/** The annotations of others, from their own jars, with all of them switched on. */
class ForeignAnnotationsTest extends WovenTest {

    static class Otel {
        @WithSpan
        void plain(@SpanAttribute("order.id") String id, @SpanAttribute int tries, @SpanAttribute List<String> tags) {}

        @WithSpan(value = "pay {id}", kind = SpanKind.CLIENT)
        String named(String id) {
            return hidden(id);
        }

        @WithSpan(inheritContext = false)
        private String hidden(String id) {
            return id;
        }

        @WithSpan
        static void fails() {
            throw new AssertionError("expected");
        }

        @WithSpan("theirs")
        @Traced("ours")
        void both(@SpanAttribute("their") @SpanAnnotation("our") String value) {}

        @WithSpan("theirs")
        @Subsegment("ours below")
        void bothBelow() {}

        void unannotated(@SpanAttribute("id") String id) {}
    }

    static class XRay {
        @XRayEnabled
        void one() {}
    }

    @XRayEnabled
    static class XRayBean {
        private int count = 1;

        public int all() {
            return count++;
        }

        public int getCount() {
            return count;
        }
    }

    static class Lambda {
        @software.amazon.lambda.powertools.tracing.Tracing
        String handle(String name) {
            return "hello " + name;
        }

        @software.amazon.lambda.powertools.tracing.Tracing(segmentName = "custom", namespace = "Greeter")
        int named() {
            return 7;
        }

        @software.amazon.lambda.powertools.tracing.Tracing(captureMode = CaptureMode.DISABLED)
        String secret() {
            return "secret";
        }

        @software.amazon.lambda.powertools.tracing.Tracing(captureMode = CaptureMode.ERROR)
        String onlyErrors() {
            throw new IllegalStateException("expected");
        }

        @SuppressWarnings("deprecation") // as Powertools 1 had it
        @software.amazon.lambda.powertools.tracing.Tracing(captureResponse = false, captureError = false)
        String refused(boolean fail) {
            if (fail) {
                throw new IllegalStateException("expected");
            }
            return "secret";
        }
    }

    static class Micrometer {
        @Observed
        void observed() {}

        @Observed(
                name = "user.name",
                contextualName = "getting-user-name",
                lowCardinalityKeyValues = {"region", "eu", "tier", "1"})
        void named() {}

        @NewSpan
        void chargeCard(@SpanTag("card") String card, @SpanTag(key = "length", expression = "length()") String text) {}

        @NewSpan("getOrder")
        void called() {}

        @ContinueSpan(log = "step")
        void goOn(@SpanTag("step") String step) {}

        @NewSpan
        void unfollowed(@SpanTag(value = "x", expression = "'a' + secret") String text) {}
    }

    @Observed(contextualName = "whole")
    static class Whole {
        public void run() {
            assertThat(this).isNotNull();
        }
    }

    @Test
    void withSpan_isNamedAfterClassAndMethodAndTakesItsAttributes() {
        new Otel().plain("o-1", 2, List.of("a"));
        assertThat(only().name()).isEqualTo("Otel.plain");
        assertThat(only().annotations()).isEqualTo(Map.of("order_id", "o-1", "tries", 2L, "tags", "[a]"));
    }

    @Test
    void withSpanOfAName_isNoTemplateAndHasItsKind() {
        new Otel().named("o-1");
        assertThat(names()).containsExactly("Otel.hidden", "pay id"); // the same name on every backend: no braces
        assertThat(RecordingProvider.ENDED.get(1).description().kind()).isEqualTo(io.spanloom.SpanKind.CLIENT);
    }

    @Test
    void withSpanThatInheritsNothing_beginsATrace() {
        new Otel().named("o-1");
        assertThat(RecordingProvider.ENDED.get(0).parentSpanId()).isNull();
        assertThat(RecordingProvider.ENDED.get(0).traceId())
                .isNotEqualTo(RecordingProvider.ENDED.get(1).traceId());
    }

    @Test
    void withSpanThatThrowsAnError_endsAsAFault() {
        assertThatThrownBy(Otel::fails).isInstanceOf(AssertionError.class);
        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
    }

    @Test
    void ourAnnotationBesideTheirs_wins() {
        new Otel().both("x");
        assertThat(only().name()).isEqualTo("ours");
        assertThat(only().annotations()).isEqualTo(Map.of("our", "x"));
        RecordingProvider.ENDED.clear();
        Tracing.run("root", span -> new Otel().bothBelow());
        assertThat(names()).containsExactly("ours below", "root");
    }

    @Test
    void spanAttributeOnAMethodThatIsNotTraced_isSaidByExplain() {
        new Otel().unannotated("x");
        assertThat(names()).isEmpty();
        assertThat(Weaver.explain(Otel.class).toString())
                .contains("unannotated(String): not woven: it records nothing, because it is not traced itself");
    }

    @Test
    void xrayEnabled_isASubsegmentOfTheBareNameWithItsClass() {
        new XRay().one();
        Tracing.run("root", span -> new XRay().one());
        assertThat(names()).containsExactly("one", "root");
        assertThat(RecordingProvider.ENDED.get(0).description().placement()).isEqualTo(SpanSpec.Placement.SUBSEGMENT);
        assertThat(RecordingProvider.ENDED.get(0).metadata())
                .isEqualTo(Map.of("ClassInfo", Map.of("Class", "\"XRay\"")));
    }

    @Test
    void xrayEnabledType_standsForItsPublicMethods() {
        XRayBean bean = new XRayBean();
        Tracing.run("root", span -> {
            bean.all();
            bean.getCount();
        });
        assertThat(names()).containsExactly("all", "root");
    }

    @Test
    void powertoolsTracing_isNamedAsThereAndRecordsTheResponse() {
        Tracing.run("root", span -> new Lambda().handle("andrew"));
        assertThat(names()).containsExactly("## handle", "root");
        assertThat(RecordingProvider.ENDED.get(0).metadata())
                .isEqualTo(Map.of("service_undefined", Map.of("handle response", "\"hello andrew\"")));
        assertThat(RecordingProvider.ENDED.get(0).description().namespace()).isEqualTo("service_undefined");
    }

    @Test
    void powertoolsSegmentNameAndNamespace_areKept() {
        Tracing.run("root", span -> new Lambda().named());
        assertThat(names()).containsExactly("custom", "root");
        assertThat(RecordingProvider.ENDED.get(0).metadata())
                .isEqualTo(Map.of("Greeter", Map.of("named response", "7")));
    }

    @Test
    void powertoolsCaptureMode_isObeyed() {
        Tracing.run("root", span -> {
            new Lambda().secret();
            new Lambda().refused(false);
            assertThatThrownBy(() -> new Lambda().onlyErrors()).hasMessage("expected");
        });
        assertThat(names()).containsExactly("## secret", "## refused", "## onlyErrors", "root");
        assertThat(RecordingProvider.ENDED)
                .allSatisfy(span -> assertThat(span.metadata()).isEmpty());
    }

    @Test
    void powertoolsException_isAFaultWithoutAStackWhereErrorsAreRefused() {
        Tracing.run("root", span -> {
            assertThatThrownBy(() -> new Lambda().onlyErrors()).hasMessage("expected");
            assertThatThrownBy(() -> new Lambda().refused(true)).hasMessage("expected");
        });
        assertThat(RecordingProvider.ENDED.get(0).outcome()).isEqualTo(Outcome.FAULT);
        assertThat(RecordingProvider.ENDED.get(1).outcome()).isEqualTo(Outcome.FAULT);
        assertThat(RecordingProvider.ENDED.get(0).exceptions().get(0).frames()).isNotEmpty();
        assertThat(RecordingProvider.ENDED.get(1).exceptions().get(0).frames()).isEmpty();
    }

    @Test
    void observed_isNamedAndTaggedAsThere() {
        new Micrometer().observed();
        assertThat(only().name()).isEqualTo("Micrometer#observed");
        assertThat(only().annotations()).isEqualTo(Map.of("class", Micrometer.class.getName(), "method", "observed"));
    }

    @Test
    void observedWithContextualNameAndKeyValues_hasThem() {
        new Micrometer().named();
        assertThat(only().name()).isEqualTo("getting-user-name");
        assertThat(only().annotations()).containsEntry("region", "eu").containsEntry("tier", "1");
    }

    @Test
    void observedType_givesItsMethodsItsName() {
        new Whole().run();
        assertThat(names()).containsExactly("whole");
    }

    @Test
    void newSpan_isNamedWithHyphensAndTagged() {
        new Micrometer().chargeCard("visa", "four");
        assertThat(only().name()).isEqualTo("charge-card");
        assertThat(only().annotations())
                .isEqualTo(Map.of("class", "Micrometer", "method", "chargeCard", "card", "visa", "length", 4L));
        RecordingProvider.ENDED.clear();
        new Micrometer().called();
        assertThat(names()).containsExactly("get-order");
    }

    @Test
    void continueSpan_tagsWhatIsCurrentAndLeavesItOpen() {
        Tracing.run("root", span -> {
            new Micrometer().goOn("two");
            assertThat(names()).isEmpty();
        });
        assertThat(names()).containsExactly("root");
        assertThat(only().annotations()).containsEntry("step", "two").containsEntry("method", "goOn");
    }

    @Test
    void continueSpanWhereNothingIsCurrent_isASpan() {
        new Micrometer().goOn("one");
        assertThat(only().name()).isEqualTo("go-on");
        assertThat(only().annotations()).containsEntry("step", "one");
    }

    @Test
    void whatIsNotFollowed_isSaidByExplainAndNotRecorded() {
        new Micrometer().unfollowed("text");
        assertThat(only().annotations()).doesNotContainKey("x");
        assertThat(Weaver.explain(Micrometer.class).toString())
                .contains("by @NewSpan; @SpanTag is left out, for ''a' + secret' is not a plain property path")
                .contains(
                        "goOn(String): woven (self-attached); by @ContinueSpan; the log of @ContinueSpan is not recorded");
    }

    @Test
    void report_countsWhatTheAnnotationsOfOthersHaveWoven() {
        new XRay().one();
        assertThat(Weaver.report().foreign()).isPositive();
        assertThat(Weaver.report().toString()).contains(" by tracing.weave.foreign");
    }
}
