package io.spanloom.rewrite;

import java.util.HashSet;
import java.util.Set;
import org.openrewrite.Cursor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;

/** A name for a span's variable that nothing around has. */
final class FreshName {

    private FreshName() {}

    /** @param code what the variable will be seen in, as it is by now; the cursor only knows how it was */
    static String span(J code, Cursor at) {
        Set<String> taken = new HashSet<>();
        JavaIsoVisitor<Integer> names = new JavaIsoVisitor<>() {
            @Override
            public J.Identifier visitIdentifier(J.Identifier identifier, Integer p) {
                taken.add(identifier.getSimpleName());
                return identifier;
            }
        };
        names.visit(code, 0);
        J.MethodDeclaration method = at.firstEnclosing(J.MethodDeclaration.class);
        if (method != null) {
            names.visit(method, 0);
        }
        String name = "span";
        for (int i = 1; taken.contains(name); i++) {
            name = "span" + i;
        }
        return name;
    }
}
