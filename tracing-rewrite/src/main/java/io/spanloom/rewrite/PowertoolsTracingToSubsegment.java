package io.spanloom.rewrite;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;

/**
 * Powertools' {@code @Tracing} becomes {@code @Subsegment} of the same name, which is {@code ## method} by default. A captured
 * response becomes {@code @SpanMetadata} under the key that Powertools has; exceptions are always recorded.
 */
public final class PowertoolsTracingToSubsegment extends Recipe {

    private static final String TRACING = "software.amazon.lambda.powertools.tracing.Tracing";
    private static final String MODE = "software.amazon.lambda.powertools.tracing.CaptureMode";

    @Override
    public String getDisplayName() {
        return "Powertools' `@Tracing` becomes `@Subsegment`";
    }

    @Override
    public String getDescription() {
        return "Turns `@Tracing(segmentName, namespace, captureMode)` of Powertools for AWS Lambda into `@Subsegment` and, "
                + "where responses are captured, `@SpanMetadata`.";
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor() {
        return JavaSources.using(TRACING, new Methods());
    }

    private static final class Methods extends JavaIsoVisitor<ExecutionContext> {
        @Override
        public J.MethodDeclaration visitMethodDeclaration(J.MethodDeclaration method, ExecutionContext context) {
            J.MethodDeclaration visited = super.visitMethodDeclaration(method, context);
            J.Annotation old = Annotations.find(method.getLeadingAnnotations(), TRACING);
            if (old == null) {
                return visited;
            }
            Map<String, Expression> given = given(old);
            String name = text(given.get("segmentName"), "\"## " + method.getSimpleName() + "\"");
            String namespace = text(given.get("namespace"), "\"\"");
            J.CompilationUnit unit = getCursor().firstEnclosingOrThrow(J.CompilationUnit.class);
            String annotation = Annotations.subsegment(unit);
            boolean call = namespace.equals("\"remote\"") || namespace.equals("\"aws\"");
            Cursor at = new Cursor(getCursor().getParentOrThrow(), visited);
            visited = Annotations.replaced(
                    visited,
                    at,
                    old,
                    annotation + (call ? "(name = " + name + ", namespace = " + namespace + ")" : "(" + name + ")"));
            if (mode(given.get("captureMode")).startsWith("RESPONSE")) {
                String group = namespace.equals("\"\"") ? "" : "namespace = " + namespace + ", ";
                visited = Annotations.added(
                        visited,
                        new Cursor(getCursor().getParentOrThrow(), visited),
                        "@SpanMetadata(" + group + "key = \"" + method.getSimpleName() + " response\")");
                maybeAddImport(Annotations.METADATA, false);
            }
            if (annotation.equals("@Subsegment")) {
                maybeAddImport(Annotations.SUBSEGMENT, false);
            }
            maybeRemoveImport(TRACING);
            maybeRemoveImport(MODE);
            maybeRemoveImport(MODE + ".*");
            return visited;
        }

        private static Map<String, Expression> given(J.Annotation annotation) {
            Map<String, Expression> given = new HashMap<>();
            if (annotation.getArguments() != null) {
                for (Expression argument : annotation.getArguments()) {
                    if (argument instanceof J.Assignment assignment) {
                        given.put(assignment.getVariable().toString(), assignment.getAssignment());
                    }
                }
            }
            return given;
        }

        private static String text(@Nullable Expression given, String otherwise) {
            String text = given == null ? "\"\"" : given.printTrimmed(new org.openrewrite.java.JavaPrinter<>());
            return text.equals("\"\"") ? otherwise : text;
        }

        private static String mode(@Nullable Expression given) {
            return given instanceof J.FieldAccess field
                    ? field.getSimpleName()
                    : given instanceof J.Identifier identifier ? identifier.getSimpleName() : "";
        }
    }
}
