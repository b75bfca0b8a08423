package io.spanloom.rewrite;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.Tree;
import org.openrewrite.java.JavaParser;
import org.openrewrite.java.JavaTemplate;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.marker.Markers;

/** What our calls look like in source, and the types that later recipes read from them. */
final class Spanloom {

    static final String TRACING = "io.spanloom.Tracing";
    static final String SPAN = "io.spanloom.Span";
    static final String SPEC = "io.spanloom.SpanSpec";
    static final JavaType.Class SPAN_TYPE = JavaType.ShallowClass.build(SPAN);

    /** The facade's outline: a recipe is not told the reader's class path before Spanloom is on it. */
    private static final String[] OUTLINE = {
        "package io.spanloom; public abstract class Span implements AutoCloseable {"
                + " public final Span annotation(String k, String v) { return this; }"
                + " public final Span metadata(String k, Object v) { return this; }"
                + " public final Span metadata(String n, String k, Object v) { return this; }"
                + " public final Span fail(Throwable t) { return this; }"
                + " @Override public final void close() {} }",
        "package io.spanloom; public interface SpanFunction<T, X extends Throwable> { T apply(Span span) throws X; }",
        "package io.spanloom; public interface SpanConsumer<X extends Throwable> { void accept(Span span) throws X; }",
        "package io.spanloom; public final class SpanSpec {"
                + " public enum Placement { SPAN, SUBSEGMENT, SEGMENT }"
                + " public static SpanSpec named(String name) { return null; }"
                + " public SpanSpec namespace(String value) { return this; }"
                + " public SpanSpec placement(Placement value) { return this; } }",
        "package io.spanloom; public final class Tracing {"
                + " public static <T, X extends Throwable> T call(SpanSpec s, SpanFunction<T, X> b) throws X { return null; }"
                + " public static <X extends Throwable> void run(SpanSpec s, SpanConsumer<X> b) throws X {}"
                + " public static Span span(SpanSpec s) { return null; }"
                + " public static Span subsegment(String name) { return null; }"
                + " public static Span segment(String name) { return null; }"
                + " public static Span current() { return null; } }",
    };

    private Spanloom() {}

    static JavaTemplate template(String code) {
        return JavaTemplate.builder(code)
                .imports(TRACING, SPAN, SPEC)
                .javaParser(JavaParser.fromJavaVersion().dependsOn(OUTLINE))
                .build();
    }

    /** A statement of its own, wherever in this block it will stand. */
    static <T extends J> T statement(String code, Cursor block, Object... parameters) {
        // What is replaced decides what javac is asked for: a call would be replaced by an expression only.
        J.Return place = new J.Return(Tree.randomId(), Space.EMPTY, Markers.EMPTY, null);
        return template(code)
                .apply(new Cursor(block, place), place.getCoordinates().replace(), parameters);
    }

    /** A span's start, with a placeholder for its name. */
    static String start(boolean segment, @Nullable String namespace) {
        return namespace == null
                ? "Tracing." + (segment ? "segment" : "subsegment") + "(#{any(java.lang.String)})"
                : "Tracing.span(" + spec(segment, namespace) + ")";
    }

    /** A spec that begins a trace only where the SDK's call did, with a placeholder for its name. */
    static String spec(boolean segment, @Nullable String namespace) {
        return "SpanSpec.named(#{any(java.lang.String)}).placement(SpanSpec.Placement."
                + (segment ? "SEGMENT)" : "SUBSEGMENT)")
                + (namespace == null ? "" : ".namespace(\"" + namespace + "\")");
    }

    static J.Identifier variable(String name) {
        JavaType.Variable type = new JavaType.Variable(null, 0, name, null, SPAN_TYPE, null);
        return new J.Identifier(Tree.randomId(), Space.EMPTY, Markers.EMPTY, List.of(), name, SPAN_TYPE, type);
    }

    /** The same call under one of our names. */
    static J.MethodInvocation renamed(J.MethodInvocation call, String name) {
        JavaType.Method type = call.getMethodType();
        JavaType result = name.equals("spanId") || name.equals("name")
                ? JavaType.ShallowClass.build("java.lang.String")
                : name.equals("isSampled") ? JavaType.Primitive.Boolean : SPAN_TYPE;
        JavaType.Method ours = type == null
                ? null
                : type.withName(name).withDeclaringType(SPAN_TYPE).withReturnType(result);
        return call.withName(call.getName().withSimpleName(name).withType(ours)).withMethodType(ours);
    }
}
