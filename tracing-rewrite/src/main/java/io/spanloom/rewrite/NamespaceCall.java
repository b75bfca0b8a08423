package io.spanloom.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Statement;

/** {@code subsegment.setNamespace("remote")} beside the begin: a span has its namespace from its start on. */
record NamespaceCall(J.MethodInvocation call, String value) {

    static @Nullable NamespaceCall of(Pair pair, List<Statement> statements) {
        if (pair.variable() == null || pair.end() == null) {
            return null;
        }
        List<Statement> near = new ArrayList<>(statements.subList(pair.first() + 1, pair.last()));
        if (statements.get(pair.last()) instanceof J.Try trying) {
            near.addAll(trying.getBody().getStatements());
        }
        for (Statement statement : near) {
            if (statement instanceof J.MethodInvocation call
                    && call.getSimpleName().equals("setNamespace")
                    && pair.variable().is(call.getSelect())) {
                String value = value(call.getArguments().get(0));
                return value == null ? null : new NamespaceCall(call, value);
            }
        }
        return null;
    }

    private static @Nullable String value(Expression argument) {
        if (argument instanceof J.Literal literal && literal.getValue() instanceof String text) {
            return text.equals("remote") || text.equals("aws") ? text : null;
        }
        boolean constant = argument instanceof J.MethodInvocation call
                && call.getSimpleName().equals("toString")
                && call.getSelect() instanceof J.FieldAccess;
        if (!constant) {
            return null;
        }
        J.FieldAccess field = (J.FieldAccess) ((J.MethodInvocation) argument).getSelect();
        String name = field == null ? "" : field.getSimpleName().toLowerCase(Locale.ROOT);
        return name.equals("remote") || name.equals("aws") ? name : null;
    }

    List<Statement> without(List<Statement> statements) {
        List<Statement> rest = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement instanceof J.Try trying) {
                rest.add(trying.withBody(
                        trying.getBody().withStatements(removed(trying.getBody().getStatements()))));
            } else {
                rest.add(statement);
            }
        }
        return removed(rest);
    }

    private List<Statement> removed(List<Statement> statements) {
        return statements.stream()
                .filter(statement -> !statement.getId().equals(call.getId()))
                .toList();
    }
}
