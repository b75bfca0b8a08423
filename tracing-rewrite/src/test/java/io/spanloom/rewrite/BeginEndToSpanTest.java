package io.spanloom.rewrite;

import static org.openrewrite.java.Assertions.java;

import org.junit.jupiter.api.Test;
import org.openrewrite.Recipe;

class BeginEndToSpanTest extends RecipeContract {

    @Override
    Recipe recipe() {
        return new BeginEndToSpan();
    }

    @Test
    void tryFinally_becomesTryWithResources() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                class UserActivities {
                    int run(String handle) {
                        // Who asks.
                        Subsegment subsegment = AWSXRay.beginSubsegment("UserData");
                        try {
                            subsegment.putMetadata("username", handle);
                            subsegment.putAnnotation("length", handle.length());
                            return handle.length();
                        } finally {
                            AWSXRay.endSubsegment();
                        }
                    }
                }
                """, """
                import io.spanloom.Span;
                import io.spanloom.Tracing;

                class UserActivities {
                    int run(String handle) {
                        // Who asks.
                        try (Span subsegment = Tracing.subsegment("UserData")) {
                            subsegment.metadata("username", handle);
                            subsegment.annotation("length", handle.length());
                            return handle.length();
                        }
                    }
                }
                """));
    }

    @Test
    void catchThatAddsAndThrows_becomesCall() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;
                import java.io.IOException;
                import java.util.List;

                class Activities {
                    List<String> load(String handle) throws IOException {
                        Subsegment subsegment = AWSXRay.beginSubsegment("load");
                        try {
                            subsegment.putMetadata("activities", "handle", handle);
                            List<String> found = read(handle);
                            return found;
                        } catch (Exception e) {
                            subsegment.addException(e);
                            throw e;
                        } finally {
                            AWSXRay.endSubsegment();
                        }
                    }

                    List<String> read(String handle) throws IOException {
                        return List.of(handle);
                    }
                }
                """, """
                import io.spanloom.SpanSpec;
                import io.spanloom.Tracing;

                import java.io.IOException;
                import java.util.List;

                class Activities {
                    List<String> load(String handle) throws IOException {
                        return Tracing.call(SpanSpec.named("load").placement(SpanSpec.Placement.SUBSEGMENT), subsegment -> {
                            subsegment.metadata("activities", "handle", handle);
                            List<String> found = read(handle);
                            return found;
                        });
                    }

                    List<String> read(String handle) throws IOException {
                        return List.of(handle);
                    }
                }
                """));
    }

    @Test
    void anotherCatch_keepsItsStatements() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                class A {
                    int run(int n) {
                        Subsegment subsegment = AWSXRay.beginSubsegment("n");
                        try {
                            return 10 / n;
                        } catch (ArithmeticException e) {
                            subsegment.addException(e);
                            return 0;
                        } finally {
                            AWSXRay.endSubsegment();
                        }
                    }
                }
                """, """
                import io.spanloom.Span;
                import io.spanloom.Tracing;

                class A {
                    int run(int n) {
                        Span subsegment = Tracing.subsegment("n");
                        try {
                            return 10 / n;
                        } catch (ArithmeticException e) {
                            subsegment.fail(e);
                            return 0;
                        } finally {
                            subsegment.close();
                        }
                    }
                }
                """));
    }

    @Test
    void bodyThatAssignsALocal_keepsItsStatements() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                class A {
                    int run(int n) {
                        int result = 0;
                        Subsegment subsegment = AWSXRay.beginSubsegment("n");
                        try {
                            result = 10 / n;
                        } catch (Exception e) {
                            subsegment.addException(e);
                            throw e;
                        } finally {
                            AWSXRay.endSubsegment(subsegment);
                        }
                        return result;
                    }
                }
                """, """
                import io.spanloom.Span;
                import io.spanloom.Tracing;

                class A {
                    int run(int n) {
                        int result = 0;
                        Span subsegment = Tracing.subsegment("n");
                        try {
                            result = 10 / n;
                        } catch (Exception e) {
                            subsegment.fail(e);
                            throw e;
                        } finally {
                            subsegment.close();
                        }
                        return result;
                    }
                }
                """));
    }

    @Test
    void twoCheckedExceptions_keepTheirStatements() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                import java.io.IOException;
                import java.sql.SQLException;

                class A {
                    void run() throws IOException, SQLException {
                        Subsegment subsegment = AWSXRay.beginSubsegment("n");
                        try {
                            read();
                            query();
                        } catch (Exception e) {
                            subsegment.addException(e);
                            throw e;
                        } finally {
                            AWSXRay.endSubsegment();
                        }
                    }

                    void read() throws IOException {}

                    void query() throws SQLException {}
                }
                """, """
                import io.spanloom.Span;
                import io.spanloom.Tracing;

                import java.io.IOException;
                import java.sql.SQLException;

                class A {
                    void run() throws IOException, SQLException {
                        Span subsegment = Tracing.subsegment("n");
                        try {
                            read();
                            query();
                        } catch (Exception e) {
                            subsegment.fail(e);
                            throw e;
                        } finally {
                            subsegment.close();
                        }
                    }

                    void read() throws IOException {}

                    void query() throws SQLException {}
                }
                """));
    }

    @Test
    void catchWithoutResult_becomesRun() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;

                class A {
                    void run() {
                        AWSXRay.beginSubsegment("cleanup");
                        try {
                            clean();
                        } catch (Exception e) {
                            AWSXRay.getCurrentSubsegment().addException(e);
                            throw e;
                        } finally {
                            AWSXRay.endSubsegment();
                        }
                        clean();
                    }

                    void clean() {}
                }
                """, """
                import io.spanloom.SpanSpec;
                import io.spanloom.Tracing;

                class A {
                    void run() {
                        Tracing.run(SpanSpec.named("cleanup").placement(SpanSpec.Placement.SUBSEGMENT), span -> {
                            clean();
                        });
                        clean();
                    }

                    void clean() {}
                }
                """));
    }

    @Test
    void noTry_becomesTryWithResources() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                class A {
                    void run(String handle) {
                        Subsegment subsegment = AWSXRay.beginSubsegment("UserData");
                        subsegment.putMetadata("username", handle);
                        work();
                        AWSXRay.endSubsegment();
                        work();
                    }

                    void work() {}
                }
                """, """
                import io.spanloom.Span;
                import io.spanloom.Tracing;

                class A {
                    void run(String handle) {
                        try (Span subsegment = Tracing.subsegment("UserData")) {
                            subsegment.metadata("username", handle);
                            work();
                        }
                        work();
                    }

                    void work() {}
                }
                """));
    }

    @Test
    void noTryAndAResultThatIsUsedLater_keepsItsStatements() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;

                class A {
                    int run() {
                        AWSXRay.beginSubsegment("count");
                        int found = count();
                        AWSXRay.endSubsegment();
                        return found;
                    }

                    int count() {
                        return 1;
                    }
                }
                """, """
                import io.spanloom.Span;
                import io.spanloom.Tracing;

                class A {
                    int run() {
                        Span span = Tracing.subsegment("count");
                        int found = count();
                        span.close();
                        return found;
                    }

                    int count() {
                        return 1;
                    }
                }
                """));
    }

    @Test
    void nestedPairs_stayNested() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;

                class A {
                    void run() {
                        AWSXRay.beginSegment("job");
                        try {
                            AWSXRay.beginSubsegment("outer");
                            AWSXRay.beginSubsegment("inner");
                            work();
                            AWSXRay.endSubsegment();
                            AWSXRay.endSubsegment();
                        } finally {
                            AWSXRay.endSegment();
                        }
                    }

                    void work() {}
                }
                """, """
                import io.spanloom.Span;
                import io.spanloom.Tracing;

                class A {
                    void run() {
                        try (Span span2 = Tracing.segment("job")) {
                            try (Span span1 = Tracing.subsegment("outer")) {
                                try (Span span = Tracing.subsegment("inner")) {
                                    work();
                                }
                            }
                        }
                    }

                    void work() {}
                }
                """));
    }

    @Test
    void namespace_isGivenAtTheStart() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                class A {
                    void run() {
                        Subsegment call = AWSXRay.beginSubsegment("payments");
                        try {
                            call.setNamespace("remote");
                            work();
                        } finally {
                            AWSXRay.endSubsegment();
                        }
                    }

                    void work() {}
                }
                """, """
                import io.spanloom.Span;
                import io.spanloom.SpanSpec;
                import io.spanloom.Tracing;

                class A {
                    void run() {
                        try (Span call = Tracing.span(SpanSpec.named("payments").placement(SpanSpec.Placement.SUBSEGMENT).namespace("remote"))) {
                            work();
                        }
                    }

                    void work() {}
                }
                """));
    }

    @Test
    void tryWithResourcesOfTheSdk_isOneOfOurs() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                class A {
                    void run() {
                        try (Subsegment s = AWSXRay.beginSubsegment("n")) {
                            s.putAnnotation("k", true);
                        }
                    }
                }
                """, """
                import io.spanloom.Span;
                import io.spanloom.Tracing;

                class A {
                    void run() {
                        try (Span s = Tracing.subsegment("n")) {
                            s.annotation("k", true);
                        }
                    }
                }
                """));
    }

    @Test
    void endInACallback_isLeftAndNoted() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                import java.util.concurrent.CompletableFuture;

                class A {
                    CompletableFuture<String> run() {
                        Subsegment subsegment = AWSXRay.beginSubsegment("later");
                        return CompletableFuture.supplyAsync(() -> "x").whenComplete((r, e) -> AWSXRay.endSubsegment(subsegment));
                    }
                }
                """, """
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                import java.util.concurrent.CompletableFuture;

                class A {
                    CompletableFuture<String> run() {
                        // Spanloom, by hand: it ends elsewhere. Keep the Span where its end can reach it: Span span = Tracing.subsegment(name).detach(), and span.close() there, on any thread
                        Subsegment subsegment = AWSXRay.beginSubsegment("later");
                        return CompletableFuture.supplyAsync(() -> "x").whenComplete((r, e) -> AWSXRay.endSubsegment(subsegment));
                    }
                }
                """));
    }

    @Test
    void entityThatIsHandedOn_isLeftAndNoted() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                class A {
                    void run() {
                        Subsegment subsegment = AWSXRay.beginSubsegment("n");
                        try {
                            tag(subsegment);
                        } finally {
                            AWSXRay.endSubsegment();
                        }
                    }

                    void tag(Subsegment s) {
                        s.putAnnotation("k", 1);
                    }
                }
                """, """
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                class A {
                    void run() {
                        // Spanloom, by hand: 'subsegment' is handed on as an entity of the X-Ray SDK
                        Subsegment subsegment = AWSXRay.beginSubsegment("n");
                        try {
                            tag(subsegment);
                        } finally {
                            AWSXRay.endSubsegment();
                        }
                    }

                    void tag(Subsegment s) {
                        s.putAnnotation("k", 1);
                    }
                }
                """));
    }

    @Test
    void flagThatASpanHasNoMethodFor_isLeftAndNoted() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                class A {
                    void run() {
                        Subsegment subsegment = AWSXRay.beginSubsegment("n");
                        try {
                            subsegment.setError(true);
                        } finally {
                            AWSXRay.endSubsegment();
                        }
                    }
                }
                """, """
                import com.amazonaws.xray.AWSXRay;
                import com.amazonaws.xray.entities.Subsegment;

                class A {
                    void run() {
                        // Spanloom, by hand: a span has no setError, see docs/migrating-from-xray-sdk.md
                        Subsegment subsegment = AWSXRay.beginSubsegment("n");
                        try {
                            subsegment.setError(true);
                        } finally {
                            AWSXRay.endSubsegment();
                        }
                    }
                }
                """));
    }

    @Test
    void beginAndEndInTwoMethods_areLeftAndNoted() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;

                class A {
                    void before() {
                        AWSXRay.beginSubsegment("n");
                    }

                    void after() {
                        AWSXRay.endSubsegment();
                    }
                }
                """, """
                import com.amazonaws.xray.AWSXRay;

                class A {
                    void before() {
                        // Spanloom, by hand: it ends elsewhere. Keep the Span where its end can reach it: Span span = Tracing.subsegment(name).detach(), and span.close() there, on any thread
                        AWSXRay.beginSubsegment("n");
                    }

                    void after() {
                        AWSXRay.endSubsegment();
                    }
                }
                """));
    }

    @Test
    void endOnTwoWays_isLeftAndNoted() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;

                class A {
                    void run(boolean early) {
                        AWSXRay.beginSubsegment("n");
                        if (early) {
                            AWSXRay.endSubsegment();
                            return;
                        }
                        AWSXRay.endSubsegment();
                    }
                }
                """, """
                import com.amazonaws.xray.AWSXRay;

                class A {
                    void run(boolean early) {
                        // Spanloom, by hand: other begins, ends or entities are set between its begin and its end
                        AWSXRay.beginSubsegment("n");
                        if (early) {
                            AWSXRay.endSubsegment();
                            return;
                        }
                        AWSXRay.endSubsegment();
                    }
                }
                """));
    }

    @Test
    void bodyThatNeverEnds_keepsItsStatements() {
        rewriteRun(java("""
                import com.amazonaws.xray.AWSXRay;

                class A {
                    int run(boolean b) {
                        AWSXRay.beginSubsegment("n");
                        try {
                            if (b) {
                                throw new IllegalStateException();
                            } else {
                                throw new IllegalArgumentException();
                            }
                        } catch (Exception e) {
                            AWSXRay.getCurrentSubsegment().addException(e);
                            throw e;
                        } finally {
                            AWSXRay.endSubsegment();
                        }
                    }
                }
                """, """
                import com.amazonaws.xray.AWSXRay;
                import io.spanloom.Span;
                import io.spanloom.Tracing;

                class A {
                    int run(boolean b) {
                        Span span = Tracing.subsegment("n");
                        try {
                            if (b) {
                                throw new IllegalStateException();
                            } else {
                                throw new IllegalArgumentException();
                            }
                        } catch (Exception e) {
                            AWSXRay.getCurrentSubsegment().addException(e);
                            throw e;
                        } finally {
                            span.close();
                        }
                    }
                }
                """));
    }
}
