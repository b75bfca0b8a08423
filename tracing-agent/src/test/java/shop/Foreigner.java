package shop;

import com.amazonaws.xray.spring.aop.XRayEnabled;
import io.micrometer.observation.annotation.Observed;
import io.micrometer.tracing.annotation.ContinueSpan;
import io.micrometer.tracing.annotation.NewSpan;
import io.micrometer.tracing.annotation.SpanTag;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.instrumentation.annotations.SpanAttribute;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import software.amazon.lambda.powertools.tracing.Tracing;

/** A class with everybody's annotations but ours. */
class Foreigner {

    @WithSpan
    String plain(@SpanAttribute("order_id") String id, @SpanAttribute int tries) {
        return hidden(id);
    }

    @WithSpan(value = "named", kind = SpanKind.CLIENT, inheritContext = false)
    private String hidden(String id) {
        return id;
    }

    @WithSpan
    static void fails() {
        throw new IllegalStateException("expected");
    }

    @XRayEnabled
    int counted() {
        return 1;
    }

    @Tracing
    String handled() {
        return "handled";
    }

    @Tracing(segmentName = "custom", namespace = "Greeter")
    int custom() {
        return 7;
    }

    @Observed(
            contextualName = "looking",
            lowCardinalityKeyValues = {"region", "eu"})
    void observed() {}

    @Observed
    void unnamed() {}

    @NewSpan
    void chargeCard(@SpanTag("card") String card) {}

    @ContinueSpan
    void goOn(@SpanTag("step") String step) {}
}
