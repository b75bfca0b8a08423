package io.spanloom.rewrite;

import java.util.Set;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;

/**
 * {@code AWSXRay.getCurrentSubsegment().putAnnotation(k, v)} becomes {@code Tracing.current().annotation(k, v)}.
 *
 * <p>What is current is the same for both, whoever began it. Segments are left, but for their user: a span below the
 * segment of the SDK's own servlet filter does not know it.
 */
public final class CurrentEntityToCurrentSpan extends Recipe {

    private static final Set<String> CURRENT = Set.of("getCurrentSubsegment", "getTraceEntity");

    @Override
    public String getDisplayName() {
        return "The SDK's current entity becomes the current span";
    }

    @Override
    public String getDescription() {
        return "Turns calls on `AWSXRay.getCurrentSubsegment()` and `AWSXRay.getTraceEntity()` into calls on `Tracing.current()`.";
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor() {
        return JavaSources.using(Sdk.FACADE, new Calls());
    }

    private static final class Calls extends JavaIsoVisitor<ExecutionContext> {
        @Override
        public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, ExecutionContext context) {
            J.MethodInvocation visited = super.visitMethodInvocation(call, context);
            Expression select = visited.getSelect();
            String method = Sdk.spanMethod(visited);
            boolean current = Sdk.facadeCall(select, CURRENT) != null
                    || visited.getSimpleName().equals("setUser")
                            && Sdk.facadeCall(select, Set.of("getCurrentSegment")) != null;
            if (!current || method == null || select == null) {
                return visited;
            }
            maybeAddImport(Spanloom.TRACING, false);
            Sdk.removeImports(this);
            maybeRemoveImport(Sdk.ENTITIES + "Subsegment");
            J.MethodInvocation span = Spanloom.template("Tracing.current()")
                    .apply(
                            new org.openrewrite.Cursor(getCursor(), select),
                            select.getCoordinates().replace());
            return Spanloom.renamed(visited.withSelect(span.withPrefix(select.getPrefix())), method);
        }
    }
}
