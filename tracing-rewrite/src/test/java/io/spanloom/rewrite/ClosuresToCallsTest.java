package io.spanloom.rewrite;

import static org.openrewrite.java.Assertions.java;

import org.junit.jupiter.api.Test;
import org.openrewrite.Recipe;

class ClosuresToCallsTest extends RecipeContract {

    @Override
    Recipe recipe() {
        return new ClosuresToCalls();
    }

    @Test
    void closures_becomeCallsAndRuns() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import java.util.List;
                import java.util.function.Supplier;

                class A {
                    List<String> load(String handle) {
                        return AWSXRay.createSubsegment("load", () -> {
                            return List.of(handle);
                        });
                    }

                    List<String> read(String handle) {
                        return AWSXRay.createSubsegment("read", subsegment -> {
                            subsegment.putAnnotation("handle", handle);
                            return List.of(handle);
                        });
                    }

                    void clean(Runnable task, Supplier<String> supplier) {
                        AWSXRay.createSegment("clean", segment -> {
                            segment.putMetadata("jobs", "n", 1);
                            AWSXRay.createSubsegment("disk", () -> AWSXRay.createSubsegment("sync", task));
                        });
                        String result = AWSXRay.createSubsegment("supplied", supplier);
                    }
                }
                """, """
                import io.spanloom.SpanSpec;
                import io.spanloom.Tracing;

                import java.util.List;
                import java.util.function.Supplier;

                class A {
                    List<String> load(String handle) {
                        return Tracing.call(SpanSpec.named("load").placement(SpanSpec.Placement.SUBSEGMENT), span -> {
                            return List.of(handle);
                        });
                    }

                    List<String> read(String handle) {
                        return Tracing.call(SpanSpec.named("read").placement(SpanSpec.Placement.SUBSEGMENT), subsegment -> {
                            subsegment.annotation("handle", handle);
                            return List.of(handle);
                        });
                    }

                    void clean(Runnable task, Supplier<String> supplier) {
                        Tracing.run(SpanSpec.named("clean").placement(SpanSpec.Placement.SEGMENT), segment -> {
                            segment.metadata("jobs", "n", 1);
                            Tracing.run(SpanSpec.named("disk").placement(SpanSpec.Placement.SUBSEGMENT), span1 -> Tracing.run(SpanSpec.named("sync").placement(SpanSpec.Placement.SUBSEGMENT), span -> task.run()));
                        });
                        String result = Tracing.call(SpanSpec.named("supplied").placement(SpanSpec.Placement.SUBSEGMENT), span -> supplier.get());
                    }
                }
                """));
    }

    @Test
    void closureThatHandsItsEntityOn_isLeft() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                class A {
                    void run() {
                        AWSXRay.createSubsegment("n", subsegment -> {
                            tag(subsegment);
                        });
                    }

                    void tag(Subsegment subsegment) {
                        subsegment.putAnnotation("k", 1);
                    }
                }
                """));
    }
}
