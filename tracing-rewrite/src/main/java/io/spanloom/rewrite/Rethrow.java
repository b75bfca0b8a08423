package io.spanloom.rewrite;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.java.tree.TypeUtils;

/** {@code catch (Exception e) { subsegment.addException(e); throw e; }}, which is what {@code Tracing.call} does. */
final class Rethrow {

    private static final Set<String> CURRENT = Set.of("getCurrentSubsegment", "getTraceEntity");

    private Rethrow() {}

    static boolean is(J.Try.Catch catching, @Nullable SpanVariable variable) {
        J.VariableDeclarations caught = catching.getParameter().getTree();
        // An exception that a narrower catch let pass was not recorded.
        boolean all = TypeUtils.isOfClassType(caught.getType(), "java.lang.Exception")
                || TypeUtils.isOfClassType(caught.getType(), "java.lang.Throwable");
        List<Statement> body = catching.getBody().getStatements();
        String name = caught.getVariables().get(0).getSimpleName();
        return all
                && body.size() == 2
                && body.get(0) instanceof J.MethodInvocation adding
                && Set.of("addException", "fail").contains(adding.getSimpleName())
                && isCurrent(adding.getSelect(), variable)
                && isNamed(adding.getArguments().get(0), name)
                && body.get(1) instanceof J.Throw throwing
                && isNamed(throwing.getException(), name);
    }

    private static boolean isCurrent(@Nullable Expression select, @Nullable SpanVariable variable) {
        boolean ours = select instanceof J.MethodInvocation call
                && call.getSimpleName().equals("current")
                && call.getMethodType() != null
                && TypeUtils.isOfClassType(call.getMethodType().getDeclaringType(), Spanloom.TRACING);
        return ours || variable != null && variable.is(select) || Sdk.facadeCall(select, CURRENT) != null;
    }

    private static boolean isNamed(Expression expression, String name) {
        return expression instanceof J.Identifier identifier
                && identifier.getSimpleName().equals(name);
    }
}
