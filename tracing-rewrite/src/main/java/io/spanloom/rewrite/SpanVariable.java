package io.spanloom.rewrite;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/** A variable that held the SDK's entity and is to hold a span. */
record SpanVariable(String name) {

    boolean is(@Nullable Object tree) {
        return tree instanceof J.Identifier identifier
                && identifier.getSimpleName().equals(name)
                && Sdk.isEntity(identifier.getType());
    }

    /** Why the code cannot go on with a span in this variable; null where it can. */
    @Nullable
    String obstacle(List<? extends J> code, @Nullable J end) {
        String[] found = new String[1];
        JavaIsoVisitor<Integer> uses = new JavaIsoVisitor<>() {
            @Override
            public J.Identifier visitIdentifier(J.Identifier identifier, Integer p) {
                if (is(identifier) && found[0] == null) {
                    Cursor user = getCursor().getParentTreeCursor();
                    J parent = user.getValue();
                    if (parent instanceof J.MethodInvocation call
                            && call.getSelect() != null
                            && call.getSelect().getId().equals(identifier.getId())) {
                        found[0] = Sdk.spanMethod(call) != null
                                        || end != null && call.getId().equals(end.getId())
                                ? null
                                : "a span has no " + call.getSimpleName() + ", see docs/migrating-from-xray-sdk.md";
                    } else if (end == null || !parent.getId().equals(end.getId())) {
                        found[0] = "'" + name + "' is handed on as an entity of the X-Ray SDK";
                    }
                }
                return identifier;
            }
        };
        code.forEach(tree -> uses.visit(tree, 0));
        return found[0];
    }

    /** The code with the entity's calls turned into the span's. */
    <T extends J> T converted(T code) {
        J result = new JavaIsoVisitor<Integer>() {
            @Override
            public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, Integer p) {
                boolean ours = is(call.getSelect());
                J.MethodInvocation visited = super.visitMethodInvocation(call, p);
                String method = ours ? Sdk.spanMethod(call) : null;
                return method == null ? visited : Spanloom.renamed(visited, method);
            }

            @Override
            public J.Identifier visitIdentifier(J.Identifier identifier, Integer p) {
                if (!is(identifier)) {
                    return identifier;
                }
                JavaType.Variable field = identifier.getFieldType();
                return identifier
                        .withType(Spanloom.SPAN_TYPE)
                        .withFieldType(field == null ? null : field.withType(Spanloom.SPAN_TYPE));
            }
        }.visitNonNull(code, 0);
        @SuppressWarnings("unchecked")
        T same = (T) result;
        return same;
    }
}
