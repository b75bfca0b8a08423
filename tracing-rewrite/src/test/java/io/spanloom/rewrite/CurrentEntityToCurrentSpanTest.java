package io.spanloom.rewrite;

import static org.openrewrite.java.Assertions.java;

import org.junit.jupiter.api.Test;
import org.openrewrite.Recipe;

class CurrentEntityToCurrentSpanTest extends RecipeContract {

    @Override
    Recipe recipe() {
        return new CurrentEntityToCurrentSpan();
    }

    @Test
    void callsOnWhatIsCurrent_areCallsOnTheCurrentSpan() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;

                class A {
                    void run(String tenant, Exception thrown) {
                        AWSXRay.getCurrentSubsegment().putAnnotation("tenant", tenant);
                        AWSXRay.getTraceEntity().addException(thrown);
                        AWSXRay.getCurrentSegment().setUser("andrew");
                    }
                }
                """, """
                import io.spanloom.Tracing;

                class A {
                    void run(String tenant, Exception thrown) {
                        Tracing.current().annotation("tenant", tenant);
                        Tracing.current().fail(thrown);
                        Tracing.current().user("andrew");
                    }
                }
                """));
    }

    @Test
    void annotationOfTheSegment_isLeft() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;

                class A {
                    void run(String tenant) {
                        AWSXRay.getCurrentSegment().putAnnotation("tenant", tenant);
                    }
                }
                """));
    }
}
