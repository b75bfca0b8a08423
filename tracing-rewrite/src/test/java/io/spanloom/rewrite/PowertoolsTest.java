package io.spanloom.rewrite;

import static org.openrewrite.java.Assertions.java;

import org.junit.jupiter.api.Test;
import org.openrewrite.Recipe;

class PowertoolsTest extends RecipeContract {

    @Override
    Recipe recipe() {
        return new PowertoolsTracingToSubsegment();
    }

    @Test
    void tracing_isSubsegmentUnderPowertoolsName() {
        rewriteRun(java("""
                import software.amazon.lambda.powertools.tracing.CaptureMode;
                import software.amazon.lambda.powertools.tracing.Tracing;

                class Handler {
                    @Tracing
                    public String handleRequest(String in) {
                        return load(in);
                    }

                    @Tracing(segmentName = "load", namespace = "Orders", captureMode = CaptureMode.RESPONSE)
                    String load(String in) {
                        return in;
                    }

                    @Tracing(namespace = "remote", captureMode = CaptureMode.DISABLED)
                    void call() {
                    }
                }
                """, """
                import io.spanloom.annotation.SpanMetadata;
                import io.spanloom.annotation.Subsegment;

                class Handler {
                    @Subsegment("## handleRequest")
                    public String handleRequest(String in) {
                        return load(in);
                    }

                    @SpanMetadata(namespace = "Orders", key = "load response")
                    @Subsegment("load")
                    String load(String in) {
                        return in;
                    }

                    @Subsegment(name = "## call", namespace = "remote")
                    void call() {
                    }
                }
                """));
    }

    @Test
    void tracingWithAConstantOrInAnAnonymousClass_isTurnedToo() {
        rewriteRun(java("""
                import software.amazon.lambda.powertools.tracing.CaptureMode;
                import software.amazon.lambda.powertools.tracing.Tracing;

                class Handler {
                    static final String NAME = "named";

                    @Tracing(namespace = NAME, segmentName = NAME, captureMode = CaptureMode.RESPONSE_AND_ERROR)
                    String named(String in) {
                        return in;
                    }

                    Runnable anonymous() {
                        return new Runnable() {
                            @Override
                            @Tracing(captureMode = CaptureMode.ERROR)
                            public void run() {}
                        };
                    }
                }
                """, """
                import io.spanloom.annotation.SpanMetadata;
                import io.spanloom.annotation.Subsegment;

                class Handler {
                    static final String NAME = "named";

                    @SpanMetadata(namespace = NAME, key = "named response")
                    @Subsegment(NAME)
                    String named(String in) {
                        return in;
                    }

                    Runnable anonymous() {
                        return new Runnable() {
                            @Override
                            @Subsegment("## run")
                            public void run() {}
                        };
                    }
                }
                """));
    }
}
