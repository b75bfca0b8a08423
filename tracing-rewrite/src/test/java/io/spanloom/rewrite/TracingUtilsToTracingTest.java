package io.spanloom.rewrite;

import static org.openrewrite.java.Assertions.java;

import org.junit.jupiter.api.Test;
import org.openrewrite.Recipe;

class TracingUtilsToTracingTest extends RecipeContract {

    @Override
    Recipe recipe() {
        return new TracingUtilsToTracing();
    }

    @Test
    void utils_areTheFacade() {
        rewriteRun(java("""
                import software.amazon.lambda.powertools.tracing.TracingUtils;

                class Handler {
                    void handle(String name) {
                        TracingUtils.putAnnotation("tenant", "a");
                        TracingUtils.putMetadata("orders", "n", 1);
                        TracingUtils.withSubsegment("load", subsegment -> subsegment.putAnnotation("k", 1));
                        TracingUtils.withSubsegment(name, subsegment -> {
                        });
                    }
                }
                """, """
                import io.spanloom.SpanSpec;
                import io.spanloom.Tracing;

                class Handler {
                    void handle(String name) {
                        Tracing.current().annotation("tenant", "a");
                        Tracing.current().metadata("orders", "n", 1);
                        Tracing.run(SpanSpec.named("## load").placement(SpanSpec.Placement.SUBSEGMENT), subsegment -> subsegment.annotation("k", 1));
                        Tracing.run(SpanSpec.named("## " + name).placement(SpanSpec.Placement.SUBSEGMENT), subsegment -> {
                        });
                    }
                }
                """));
    }
}
