package io.spanloom.rewrite;

import static org.openrewrite.java.Assertions.java;

import org.junit.jupiter.api.Test;
import org.openrewrite.Recipe;

class NoteTheRestTest extends RecipeContract {

    @Override
    Recipe recipe() {
        return new NoteTheRest();
    }

    @Test
    void whatIsLeft_isNoted() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Entity;
                import com.amazonaws.xray.entities.Subsegment;
                import com.amazonaws.xray.spring.aop.BaseAbstractXRayInterceptor;

                class Inspector extends BaseAbstractXRayInterceptor {
                    void run() {
                        Entity entity = AWSXRay.getTraceEntity();
                        new Thread(() -> {
                            AWSXRay.setTraceEntity(entity);
                        }).start();
                    }

                    void flag(Subsegment subsegment) {
                        subsegment.setThrottle(true);
                    }
                }
                """, """
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Entity;
                import com.amazonaws.xray.entities.Subsegment;
                import com.amazonaws.xray.spring.aop.BaseAbstractXRayInterceptor;

                // Spanloom, by hand: delete this aspect once nothing carries @XRayEnabled; until then it would trace twice what its pointcut reaches without that annotation
                class Inspector extends BaseAbstractXRayInterceptor {
                    void run() {
                        // Spanloom, by hand: carry the trace with Tracing.wrap(executor) or Tracing.capture(), which also clean up after themselves
                        Entity entity = AWSXRay.getTraceEntity();
                        new Thread(() -> {
                            // Spanloom, by hand: carry the trace with Tracing.wrap(executor) or Tracing.capture(), which also clean up after themselves
                            AWSXRay.setTraceEntity(entity);
                        }).start();
                    }

                    void flag(Subsegment subsegment) {
                        // Spanloom, by hand: span.fail(exception), span.expected(exception) or span.http(Http.response(status))
                        subsegment.setThrottle(true);
                    }
                }
                """));
    }
}
