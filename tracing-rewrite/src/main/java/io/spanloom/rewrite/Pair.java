package io.spanloom.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.java.tree.TypeUtils;

/**
 * A begin and its end among the statements of one block.
 *
 * @param variable null where the code keeps no entity
 * @param last index of the {@code try} whose {@code finally} ends it, or of the end itself
 * @param end the call that ends it
 */
record Pair(
        int first,
        J.MethodInvocation begin,
        @Nullable SpanVariable variable,
        int last,
        J.@Nullable MethodInvocation end) {

    private static final Set<String> BEGIN = Set.of("beginSubsegment", "beginSegment");
    private static final Set<String> END = Set.of("endSubsegment", "endSegment");
    private static final Set<String> OTHERS = Set.of(
            "beginSubsegment", "beginSegment", "endSubsegment", "endSegment", "setTraceEntity", "clearTraceEntity");

    boolean isSegment() {
        return begin.getSimpleName().equals("beginSegment");
    }

    Expression name() {
        return Sdk.arguments(begin).get(0);
    }

    static J.@Nullable MethodInvocation begin(@Nullable Object tree) {
        J.MethodInvocation call = Sdk.facadeCall(tree, BEGIN);
        List<Expression> arguments = call == null ? List.of() : Sdk.arguments(call);
        return arguments.size() == 1 && TypeUtils.isString(arguments.get(0).getType()) ? call : null;
    }

    /** The pair that this statement begins, with no end where none is found; null where it begins none. */
    static @Nullable Pair at(int first, List<Statement> statements) {
        Statement statement = statements.get(first);
        SpanVariable variable = null;
        J.MethodInvocation begin = begin(statement);
        if (statement instanceof J.VariableDeclarations declared
                && declared.getVariables().size() == 1) {
            J.VariableDeclarations.NamedVariable named = declared.getVariables().get(0);
            begin = begin(named.getInitializer());
            variable = new SpanVariable(named.getSimpleName());
        }
        if (begin == null) {
            return null;
        }
        boolean segment = begin.getSimpleName().equals("beginSegment");
        for (int i = first + 1; i < statements.size(); i++) {
            Statement next = statements.get(i);
            J.MethodInvocation end = end(next, segment, variable);
            if (end == null && next instanceof J.Try trying && trying.getFinally() != null) {
                for (Statement inFinally : trying.getFinally().getStatements()) {
                    end = end == null ? end(inFinally, segment, variable) : end;
                }
            }
            if (end != null) {
                return new Pair(first, begin, variable, i, end);
            }
        }
        return new Pair(first, begin, variable, first, null);
    }

    private static J.@Nullable MethodInvocation end(
            Statement statement, boolean segment, @Nullable SpanVariable variable) {
        J.MethodInvocation call = Sdk.facadeCall(statement, END);
        if (call == null || call.getSimpleName().equals("endSegment") != segment) {
            return null;
        }
        List<Expression> arguments = Sdk.arguments(call);
        return arguments.isEmpty() || variable != null && variable.is(arguments.get(0)) ? call : null;
    }

    /** Why this pair has to be turned by hand; null where it need not. */
    @Nullable
    String obstacle(List<Statement> statements) {
        if (end == null) {
            return "it ends elsewhere. Keep the Span where its end can reach it: Span span = Tracing.subsegment(name)"
                    + ".detach(), and span.close() there, on any thread";
        }
        List<Statement> between = new ArrayList<>(statements.subList(first + 1, last + 1));
        boolean[] more = new boolean[1];
        JavaIsoVisitor<Integer> calls = new JavaIsoVisitor<>() {
            @Override
            public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, Integer p) {
                more[0] |= Sdk.facadeCall(call, OTHERS) != null && !call.getId().equals(end.getId());
                return super.visitMethodInvocation(call, p);
            }
        };
        between.forEach(statement -> calls.visit(statement, 0));
        if (more[0]) {
            return "other begins, ends or entities are set between its begin and its end";
        }
        return variable == null ? null : variable.obstacle(statements.subList(first + 1, statements.size()), end);
    }
}
