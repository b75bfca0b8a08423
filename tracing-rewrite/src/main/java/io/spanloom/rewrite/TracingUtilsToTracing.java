package io.spanloom.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TypeUtils;

/** Powertools' {@code TracingUtils.putAnnotation}, {@code putMetadata} and {@code withSubsegment} become ours. */
public final class TracingUtilsToTracing extends Recipe {

    private static final String UTILS = "software.amazon.lambda.powertools.tracing.TracingUtils";

    @Override
    public String getDisplayName() {
        return "Powertools' `TracingUtils` becomes `Tracing`";
    }

    @Override
    public String getDescription() {
        return "Turns `TracingUtils.putAnnotation`, `putMetadata` and `withSubsegment` into `Tracing.current()` and `Tracing.run`.";
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor() {
        return JavaSources.using(UTILS, new Calls());
    }

    private static final class Calls extends JavaIsoVisitor<ExecutionContext> {
        @Override
        public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, ExecutionContext context) {
            J.MethodInvocation visited = super.visitMethodInvocation(call, context);
            boolean utils = call.getMethodType() != null
                    && call.getSelect() != null
                    && TypeUtils.isOfClassType(call.getMethodType().getDeclaringType(), UTILS);
            if (!utils) {
                return visited;
            }
            J.MethodInvocation ours = switch (call.getSimpleName()) {
                case "putAnnotation", "putMetadata" -> current(visited);
                case "withSubsegment" -> run(visited);
                default -> visited;
            };
            if (ours != visited) {
                maybeAddImport(Spanloom.TRACING, false);
                maybeRemoveImport(UTILS);
                maybeRemoveImport(Sdk.ENTITIES + "Subsegment");
            }
            return ours;
        }

        private J.MethodInvocation current(J.MethodInvocation call) {
            Expression select = call.getSelect();
            String name = Sdk.spanMethod(call);
            if (select == null || name == null) {
                return call;
            }
            J.MethodInvocation span = Spanloom.template("Tracing.current()")
                    .apply(
                            new Cursor(getCursor(), select),
                            select.getCoordinates().replace());
            return Spanloom.renamed(call.withSelect(span.withPrefix(select.getPrefix())), name);
        }

        private J.MethodInvocation run(J.MethodInvocation call) {
            List<Expression> arguments = Sdk.arguments(call);
            Expression name = arguments.get(arguments.size() - 2);
            if (!(arguments.get(arguments.size() - 1) instanceof J.Lambda lambda)
                    || !(lambda.getParameters().getParameters().get(0) instanceof J.VariableDeclarations declared)) {
                return call;
            }
            SpanVariable variable =
                    new SpanVariable(declared.getVariables().get(0).getSimpleName());
            if (variable.obstacle(List.of(lambda.getBody()), null) != null) {
                return call;
            }
            String spec = Spanloom.spec(false, namespace(arguments));
            String code = "Tracing.run("
                    + (name instanceof J.Literal literal
                            ? spec.replace("#{any(java.lang.String)}", "\"## " + literal.getValue() + "\"")
                            : spec.replace("#{any(java.lang.String)}", "\"## \" + #{any(java.lang.String)}"))
                    + ", " + variable.name() + " -> {})";
            List<Object> parameters = new ArrayList<>();
            if (!(name instanceof J.Literal)) {
                parameters.add(name.withPrefix(Space.EMPTY));
            }
            J.MethodInvocation ours = Spanloom.template(code)
                    .apply(
                            getCursor(),
                            getCursor()
                                    .<J.MethodInvocation>getValue()
                                    .getCoordinates()
                                    .replace(),
                            parameters.toArray());
            J.Lambda outline = (J.Lambda) ours.getArguments().get(1);
            maybeAddImport(Spanloom.SPEC, false);
            return ours.withPrefix(call.getPrefix())
                    .withArguments(List.of(
                            ours.getArguments().get(0), outline.withBody(variable.converted(lambda.getBody()))));
        }

        private static @org.jspecify.annotations.Nullable String namespace(List<Expression> arguments) {
            Object given =
                    arguments.size() == 3 && arguments.get(0) instanceof J.Literal literal ? literal.getValue() : null;
            return "remote".equals(given) || "aws".equals(given) ? (String) given : null;
        }
    }
}
