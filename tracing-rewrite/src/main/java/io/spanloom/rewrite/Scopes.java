package io.spanloom.rewrite;

import java.util.List;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Statement;

/** Which variables are seen where. */
final class Scopes {

    private Scopes() {}

    /** Whether what follows needs what these statements declare. */
    static boolean escape(List<Statement> body, List<Statement> after) {
        return body.stream()
                .anyMatch(statement -> statement instanceof J.ClassDeclaration
                        || statement instanceof J.VariableDeclarations declared
                                && declared.getVariables().stream()
                                        .anyMatch(variable -> uses(after, variable.getSimpleName())));
    }

    static boolean uses(List<Statement> code, String name) {
        boolean[] found = new boolean[1];
        JavaIsoVisitor<Integer> names = new JavaIsoVisitor<>() {
            @Override
            public J.Identifier visitIdentifier(J.Identifier identifier, Integer p) {
                found[0] |= identifier.getSimpleName().equals(name);
                return identifier;
            }
        };
        code.forEach(statement -> names.visit(statement, 0));
        return found[0];
    }
}
