package io.spanloom.rewrite;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.java.tree.TypeUtils;

/**
 * Whether statements may become a lambda's body with the same meaning: they leave by their end or by returning, assign no
 * variable of the method, read none that is assigned twice, and throw one checked exception at most (of several, javac would
 * infer a common supertype). In doubt, no.
 */
final class LambdaSafety {

    private LambdaSafety() {}

    /** How the statements leave. */
    enum Exit {
        END,
        RESULT,
        UNSAFE
    }

    /** @param last whether nothing follows the statements in their block */
    static Exit exit(List<Statement> body, boolean last, Cursor at) {
        J.MethodDeclaration method = at.firstEnclosing(J.MethodDeclaration.class);
        if (method == null || method.isConstructor() || method.getBody() == null || body.isEmpty()) {
            return Exit.UNSAFE;
        }
        Scan scan = new Scan(method.getBody());
        body.forEach(statement -> scan.visit(statement, 0));
        if (scan.unsafe || scan.checked.size() > 1) {
            return Exit.UNSAFE;
        }
        Statement end = body.get(body.size() - 1);
        if (scan.returns == 0) {
            // A method with a result that ends here never gets to its end: javac cannot know that of a lambda.
            return end instanceof J.Throw || (last && hasResult(method)) ? Exit.UNSAFE : Exit.END;
        }
        boolean result = end instanceof J.Return && sameAsDeclared(method, scan.results);
        return result && at.firstEnclosing(J.Lambda.class) == null ? Exit.RESULT : Exit.UNSAFE;
    }

    private static boolean hasResult(J.MethodDeclaration method) {
        return method.getReturnTypeExpression() != null
                && method.getReturnTypeExpression().getType() != JavaType.Primitive.Void;
    }

    /** A lambda's results are boxed before they are widened: an int is no long then. */
    private static boolean sameAsDeclared(J.MethodDeclaration method, List<Expression> results) {
        JavaType declared = method.getReturnTypeExpression() == null
                ? null
                : method.getReturnTypeExpression().getType();
        return !(declared instanceof JavaType.Primitive)
                || results.stream().allMatch(result -> declared.equals(result.getType()));
    }

    private static final class Scan extends JavaIsoVisitor<Integer> {

        private final J.Block method;
        private final Set<String> declared = new HashSet<>();
        private final Set<String> checked = new HashSet<>();
        private final List<Expression> results = new java.util.ArrayList<>();
        private boolean unsafe;
        private int returns;

        Scan(J.Block method) {
            this.method = method;
        }

        @Override
        public J.VariableDeclarations.NamedVariable visitVariable(
                J.VariableDeclarations.NamedVariable variable, Integer p) {
            declared.add(variable.getSimpleName());
            return super.visitVariable(variable, p);
        }

        @Override
        public J.Identifier visitIdentifier(J.Identifier identifier, Integer p) {
            if (isLocal(identifier)
                    && !declared.contains(identifier.getSimpleName())
                    && isAssigned(identifier.getSimpleName())) {
                unsafe = true;
            }
            return identifier;
        }

        /** Anywhere in the method: javac asks for effectively final variables, and so do we, a little more strictly. */
        private boolean isAssigned(String name) {
            boolean[] found = new boolean[1];
            new JavaIsoVisitor<Integer>() {
                @Override
                public J.Assignment visitAssignment(J.Assignment assignment, Integer p) {
                    found[0] |= names(assignment.getVariable(), name);
                    return super.visitAssignment(assignment, p);
                }

                @Override
                public J.AssignmentOperation visitAssignmentOperation(J.AssignmentOperation assignment, Integer p) {
                    found[0] |= names(assignment.getVariable(), name);
                    return super.visitAssignmentOperation(assignment, p);
                }

                @Override
                public J.Unary visitUnary(J.Unary unary, Integer p) {
                    found[0] |= unary.getOperator().isModifying() && names(unary.getExpression(), name);
                    return super.visitUnary(unary, p);
                }
            }.visit(method, 0);
            return found[0];
        }

        private static boolean names(Expression target, String name) {
            return target instanceof J.Identifier identifier
                    && identifier.getSimpleName().equals(name);
        }

        private static boolean isLocal(J.Identifier identifier) {
            return identifier.getFieldType() != null
                    && identifier.getFieldType().getOwner() instanceof JavaType.Method;
        }

        @Override
        public J.Return visitReturn(J.Return returning, Integer p) {
            if (own()) {
                returns++;
                if (returning.getExpression() == null) {
                    unsafe = true;
                } else {
                    results.add(returning.getExpression());
                }
            }
            return super.visitReturn(returning, p);
        }

        private boolean own() {
            return getCursor().firstEnclosing(J.Lambda.class) == null
                    && getCursor().firstEnclosing(J.ClassDeclaration.class) == null
                    && getCursor().firstEnclosing(J.NewClass.class) == null;
        }

        @Override
        public J.Break visitBreak(J.Break leaving, Integer p) {
            boolean inside = getCursor().firstEnclosing(J.Switch.class) != null || inLoop();
            unsafe |= leaving.getLabel() != null || !inside;
            return leaving;
        }

        @Override
        public J.Continue visitContinue(J.Continue going, Integer p) {
            unsafe |= going.getLabel() != null || !inLoop();
            return going;
        }

        private boolean inLoop() {
            return getCursor().firstEnclosing(org.openrewrite.java.tree.Loop.class) != null;
        }

        @Override
        public J.Yield visitYield(J.Yield yielding, Integer p) {
            unsafe |= getCursor().firstEnclosing(J.SwitchExpression.class) == null;
            return super.visitYield(yielding, p);
        }

        @Override
        public J.Try.Resource visitTryResource(J.Try.Resource resource, Integer p) {
            unsafe |= !(resource.getVariableDeclarations() instanceof J.VariableDeclarations variable
                    && TypeUtils.isOfClassType(variable.getType(), Spanloom.SPAN));
            return super.visitTryResource(resource, p);
        }

        @Override
        public J.Throw visitThrow(J.Throw throwing, Integer p) {
            thrown(throwing.getException().getType());
            return super.visitThrow(throwing, p);
        }

        @Override
        public J.NewClass visitNewClass(J.NewClass creation, Integer p) {
            thrown(creation.getConstructorType());
            return super.visitNewClass(creation, p);
        }

        @Override
        public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, Integer p) {
            JavaType.Method method = call.getMethodType();
            boolean ours = method != null && TypeUtils.isOfClassType(method.getDeclaringType(), Spanloom.TRACING);
            if (method == null) {
                unsafe = true;
            } else if (!ours) {
                thrown(method); // of our own calls, the lambda's body tells
            }
            return super.visitMethodInvocation(call, p);
        }

        private void thrown(JavaType.@Nullable Method method) {
            if (method == null) {
                unsafe = true;
            } else {
                method.getThrownExceptions().forEach(this::thrown);
            }
        }

        private void thrown(@Nullable JavaType type) {
            JavaType.FullyQualified named = TypeUtils.asFullyQualified(type);
            if (named == null || type instanceof JavaType.GenericTypeVariable) {
                unsafe = true;
            } else if (!TypeUtils.isAssignableTo("java.lang.RuntimeException", named)
                    && !TypeUtils.isAssignableTo("java.lang.Error", named)) {
                checked.add(named.getFullyQualifiedName());
            }
        }
    }
}
