package io.spanloom.rewrite;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TypeUtils;

/**
 * {@code AWSXRay.createSubsegment(name, lambda)} becomes {@code Tracing.call} or {@code Tracing.run}, and so does
 * {@code createSegment}. Both see the exception and throw it on; ours sees errors, too.
 */
public final class ClosuresToCalls extends Recipe {

    private static final Set<String> CREATE = Set.of("createSubsegment", "createSegment");

    @Override
    public String getDisplayName() {
        return "The SDK's closures become `Tracing.call` and `Tracing.run`";
    }

    @Override
    public String getDescription() {
        return "Turns `AWSXRay.createSubsegment(name, lambda)` and `createSegment` into `Tracing.call` or `Tracing.run`.";
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor() {
        return JavaSources.using(Sdk.FACADE, new Calls());
    }

    private static final class Calls extends JavaIsoVisitor<ExecutionContext> {
        @Override
        public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, ExecutionContext context) {
            J.MethodInvocation visited = super.visitMethodInvocation(call, context);
            J.MethodInvocation closure = Sdk.facadeCall(visited, CREATE);
            if (closure == null || Sdk.arguments(closure).size() != 2) {
                return visited;
            }
            Expression name = Sdk.arguments(closure).get(0);
            Expression body = Sdk.arguments(closure).get(1);
            JavaType.Method method = closure.getMethodType();
            if (method == null || !TypeUtils.isString(name.getType())) {
                return visited;
            }
            String shape = shape(method);
            if (shape == null) {
                return visited;
            }
            J.Lambda lambda = lambda(body, shape);
            if (lambda == null) {
                return visited;
            }
            boolean result = shape.equals("Supplier") || shape.equals("Function");
            String code = "Tracing." + (result ? "call(" : "run(")
                    + Spanloom.spec(closure.getSimpleName().equals("createSegment"), null) + ", "
                    + parameterName(lambda) + " -> " + (result ? "null)" : "{})");
            J.MethodInvocation ours = Spanloom.template(code)
                    .apply(getCursor(), call.getCoordinates().replace(), name.withPrefix(Space.EMPTY));
            J.Lambda outline = (J.Lambda) ours.getArguments().get(1);
            maybeAddImport(Spanloom.TRACING, false);
            maybeAddImport(Spanloom.SPEC, false);
            Sdk.removeImports(this);
            maybeRemoveImport(Sdk.ENTITIES + "Subsegment");
            maybeRemoveImport(Sdk.ENTITIES + "Segment");
            return ours.withPrefix(visited.getPrefix())
                    .withArguments(List.of(
                            ours.getArguments().get(0).withPrefix(name.getPrefix()),
                            outline.withPrefix(body.getPrefix())
                                    .withArrow(lambda.getArrow())
                                    .withBody(lambda.getBody())));
        }

        private static @Nullable String shape(JavaType.Method method) {
            JavaType.FullyQualified type =
                    TypeUtils.asFullyQualified(method.getParameterTypes().get(1));
            return type == null ? null : type.getClassName();
        }

        /** The closure as a lambda of a span; null where it is something that only a person can turn. */
        private J.@Nullable Lambda lambda(Expression body, String shape) {
            boolean given = shape.equals("Function") || shape.equals("Consumer");
            if (body instanceof J.Lambda lambda) {
                return given ? ofEntity(lambda) : lambda;
            }
            boolean plain = body instanceof J.Identifier || body instanceof J.FieldAccess;
            if (given || !plain) {
                return null;
            }
            String code = shape.equals("Supplier")
                    ? "java.util.function.Supplier<Object> s = () -> #{any(java.util.function.Supplier)}.get();"
                    : "Runnable s = () -> #{any(java.lang.Runnable)}.run();";
            J.VariableDeclarations wrapped = Spanloom.statement(code, getCursor(), body.withPrefix(Space.EMPTY));
            return (J.Lambda) wrapped.getVariables().get(0).getInitializer();
        }

        private static J.@Nullable Lambda ofEntity(J.Lambda lambda) {
            J parameter = lambda.getParameters().getParameters().get(0);
            if (!(parameter instanceof J.VariableDeclarations declared)) {
                return null;
            }
            SpanVariable variable =
                    new SpanVariable(declared.getVariables().get(0).getSimpleName());
            return variable.obstacle(List.of(lambda.getBody()), null) == null
                    ? lambda.withBody(variable.converted(lambda.getBody()))
                    : null;
        }

        private String parameterName(J.Lambda lambda) {
            return !lambda.getParameters().getParameters().isEmpty()
                            && lambda.getParameters().getParameters().get(0) instanceof J.VariableDeclarations declared
                    ? declared.getVariables().get(0).getSimpleName()
                    : FreshName.span(lambda, getCursor());
        }
    }
}
