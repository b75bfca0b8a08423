package io.spanloom.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openrewrite.Recipe;
import org.openrewrite.java.JavaParser;
import org.openrewrite.java.tree.J;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

/**
 * What holds for every recipe here: what it makes of a source compiles against the real Spanloom and SDK, and a second run
 * changes nothing (OpenRewrite's own tests run each recipe again, and fail where that changes something).
 */
abstract class RecipeContract implements RewriteTest {

    /** Types of libraries that are not on the test's class path, as far as the sources use them. */
    static final String[] OUTLINES = {
        "package com.amazonaws.xray.spring.aop; public @interface XRayEnabled {}",
        "package com.amazonaws.xray.spring.aop; public abstract class BaseAbstractXRayInterceptor {}",
        "package software.amazon.lambda.powertools.tracing; public enum CaptureMode"
                + " { RESPONSE, ERROR, RESPONSE_AND_ERROR, DISABLED, ENVIRONMENT_VAR }",
        "package software.amazon.lambda.powertools.tracing; public @interface Tracing {"
                + " String namespace() default \"\"; String segmentName() default \"\";"
                + " CaptureMode captureMode() default CaptureMode.ENVIRONMENT_VAR; }",
        "package software.amazon.lambda.powertools.tracing; public final class TracingUtils {"
                + " public static void putAnnotation(String k, String v) {}"
                + " public static void putAnnotation(String k, Number v) {}"
                + " public static void putMetadata(String k, Object v) {}"
                + " public static void putMetadata(String n, String k, Object v) {}"
                + " public static void withSubsegment(String n,"
                + " java.util.function.Consumer<com.amazonaws.xray.entities.Subsegment> b) {} }",
    };

    abstract Recipe recipe();

    @Override
    public void defaults(RecipeSpec spec) {
        spec.recipe(recipe())
                .parser(JavaParser.fromJavaVersion()
                        .classpath("aws-xray-recorder-sdk-core", "tracing-core", "tracing-annotations")
                        .dependsOn(OUTLINES))
                .afterRecipe(run -> {
                    List<String> after = run.getChangeset().getAllResults().stream()
                            .filter(result -> result.getAfter() instanceof J)
                            .map(result -> result.getAfter().printAll())
                            .toList();
                    List<String> all = new ArrayList<>(after);
                    Stream.of(OUTLINES).forEach(all::add);
                    Compiled.of(all);
                });
    }
}
