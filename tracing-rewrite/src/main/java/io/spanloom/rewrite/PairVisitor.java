package io.spanloom.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Tree;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.marker.Markers;

/** Turns the pairs of each block, innermost and last first. */
final class PairVisitor extends JavaIsoVisitor<ExecutionContext> {

    @Override
    public J.Block visitBlock(J.Block block, ExecutionContext context) {
        J.Block visited = super.visitBlock(block, context);
        List<Statement> statements = visited.getStatements();
        for (int i = statements.size() - 1; i >= 0; i--) {
            Pair pair = Pair.at(i, statements);
            if (pair != null) {
                statements = turned(pair, statements, visited, context);
            }
        }
        return visited.withStatements(statements);
    }

    private List<Statement> turned(Pair found, List<Statement> before, J.Block block, ExecutionContext context) {
        NamespaceCall namespace = NamespaceCall.of(found, before);
        List<Statement> statements = namespace == null ? before : namespace.without(before);
        Pair pair = namespace == null ? found : Pair.at(found.first(), statements);
        String obstacle = pair == null ? null : pair.obstacle(statements);
        if (pair == null || pair.end() == null || obstacle != null) {
            List<Statement> noted = new ArrayList<>(before);
            noted.set(found.first(), Notes.note(before.get(found.first()), obstacle == null ? "see docs" : obstacle));
            return noted;
        }
        String name = pair.variable() == null
                ? FreshName.span(block.withStatements(statements), getCursor())
                : pair.variable().name();
        Turn turn = new Turn(pair, statements, name, namespace == null ? null : namespace.value());
        List<Statement> result = new ArrayList<>(statements.subList(0, pair.first()));
        result.addAll(turn.replacement(context));
        for (Statement after : statements.subList(pair.last() + 1, statements.size())) {
            result.add(turn.converted(after));
        }
        maybeAddImport(Spanloom.TRACING, false);
        Sdk.removeImports(this);
        maybeRemoveImport(Sdk.ENTITIES + "Subsegment");
        maybeRemoveImport(Sdk.ENTITIES + "Segment");
        maybeRemoveImport(Sdk.ENTITIES + "Entity");
        maybeRemoveImport(Sdk.ENTITIES + "Namespace");
        return result;
    }

    /** {@code try (Subsegment s = AWSXRay.beginSubsegment(name))}: the same on a span. */
    @Override
    public J.Try visitTry(J.Try trying, ExecutionContext context) {
        J.Try visited = super.visitTry(trying, context);
        List<J.Try.Resource> resources = visited.getResources();
        if (resources == null
                || resources.size() != 1
                || !(resources.get(0).getVariableDeclarations() instanceof J.VariableDeclarations declared)) {
            return visited;
        }
        J.VariableDeclarations.NamedVariable named = declared.getVariables().get(0);
        J.MethodInvocation begin = Pair.begin(named.getInitializer());
        SpanVariable variable = new SpanVariable(named.getSimpleName());
        if (begin == null || variable.obstacle(List.of(visited.getBody()), null) != null) {
            return visited;
        }
        J.Try ours = tryWith(
                variable.name(),
                Spanloom.start(begin.getSimpleName().equals("beginSegment"), null),
                Sdk.arguments(begin).get(0));
        maybeAddImport(Spanloom.TRACING, false);
        maybeAddImport(Spanloom.SPAN, false);
        Sdk.removeImports(this);
        maybeRemoveImport(Sdk.ENTITIES + "Subsegment");
        maybeRemoveImport(Sdk.ENTITIES + "Segment");
        return visited.withResources(ours.getResources()).withBody(variable.converted(visited.getBody()));
    }

    private J.Try tryWith(String name, String start, Expression argument) {
        return Spanloom.statement(
                "try (Span " + name + " = " + start + ") {\n}", getCursor(), argument.withPrefix(Space.EMPTY));
    }

    /** One pair on its way. */
    private final class Turn {

        private final Pair pair;
        private final Statement first;
        private final List<Statement> between;
        private final Statement last;
        private final List<Statement> after;
        private final String name;
        private final @Nullable String namespace;

        Turn(Pair pair, List<Statement> statements, String name, @Nullable String namespace) {
            this.pair = pair;
            this.first = statements.get(pair.first());
            this.between = statements.subList(pair.first() + 1, pair.last());
            this.last = statements.get(pair.last());
            this.after = statements.subList(pair.last() + 1, statements.size());
            this.name = name;
            this.namespace = namespace;
        }

        List<Statement> replacement(ExecutionContext context) {
            if (namespace != null) {
                maybeAddImport(Spanloom.SPEC, false);
            }
            if (!(last instanceof J.Try trying)) {
                return Scopes.escape(between, after) || pair.variable() != null && Scopes.uses(after, name)
                        ? openly()
                        : List.of(closingAlone(context));
            }
            boolean plain = trying.getResources() == null
                    && trying.getFinally() != null
                    && trying.getFinally().getStatements().size() == 1
                    && between.stream().allMatch(this::isOnSpan);
            if (plain && trying.getCatches().isEmpty()) {
                return List.of(closing(trying, context));
            }
            if (plain
                    && trying.getCatches().size() == 1
                    && Rethrow.is(trying.getCatches().get(0), pair.variable())) {
                LambdaSafety.Exit exit =
                        LambdaSafety.exit(trying.getBody().getStatements(), after.isEmpty(), getCursor());
                if (exit != LambdaSafety.Exit.UNSAFE) {
                    return List.of(called(trying, exit == LambdaSafety.Exit.RESULT, context));
                }
            }
            return openly();
        }

        private boolean isOnSpan(Statement statement) {
            return pair.variable() != null
                    && statement instanceof J.MethodInvocation call
                    && pair.variable().is(call.getSelect());
        }

        <T extends J> T converted(T code) {
            return pair.variable() == null ? code : pair.variable().converted(code);
        }

        private Statement closing(J.Try trying, ExecutionContext context) {
            maybeAddImport(Spanloom.SPAN, false);
            J.Try ours = tryWith(name, start(), pair.name());
            return placed(ours.withBody(body(trying)).withPrefix(prefix()), context);
        }

        private Statement closingAlone(ExecutionContext context) {
            maybeAddImport(Spanloom.SPAN, false);
            J.Try ours = tryWith(name, start(), pair.name());
            List<Statement> body = between.stream().map(this::converted).toList();
            Space end = last.getPrefix();
            return formatted(
                    ours.withBody(ours.getBody().withStatements(body).withEnd(end))
                            .withPrefix(first.getPrefix()),
                    context);
        }

        private Statement called(J.Try trying, boolean result, ExecutionContext context) {
            maybeAddImport(Spanloom.SPEC, false);
            String code = "Tracing." + (result ? "call(" : "run(") + Spanloom.spec(pair.isSegment(), namespace) + ", "
                    + name + " -> " + (result ? "null)" : "{})");
            J.MethodInvocation call =
                    Spanloom.statement(code, getCursor(), pair.name().withPrefix(Space.EMPTY));
            J.Lambda lambda = (J.Lambda) call.getArguments().get(1);
            J.MethodInvocation whole =
                    call.withArguments(List.of(call.getArguments().get(0), lambda.withBody(body(trying))));
            Statement statement = result
                    ? new J.Return(Tree.randomId(), prefix(), Markers.EMPTY, whole.withPrefix(Space.SINGLE_SPACE))
                    : whole.withPrefix(prefix());
            return placed(statement, context);
        }

        /** The same statements: a variable, and an end where it was. */
        private List<Statement> openly() {
            maybeAddImport(Spanloom.SPAN, false);
            List<Statement> all = new ArrayList<>();
            Statement start = Spanloom.statement(
                    "Span " + name + " = " + start() + ";",
                    getCursor(),
                    pair.name().withPrefix(Space.EMPTY));
            all.add(start.withPrefix(first.getPrefix()));
            between.forEach(statement -> all.add(converted(statement)));
            all.add(converted((Statement) new Closes().visitNonNull(last, 0, getCursor())));
            return all;
        }

        private J.Block body(J.Try trying) {
            List<Statement> body = new ArrayList<>(between);
            body.addAll(trying.getBody().getStatements());
            return converted(trying.getBody().withStatements(body).withPrefix(Space.SINGLE_SPACE));
        }

        private String start() {
            return Spanloom.start(pair.isSegment(), namespace);
        }

        /** Comments above the begin, and those above what follows it. */
        private Space prefix() {
            Space space = first.getPrefix();
            List<org.openrewrite.java.tree.Comment> comments = new ArrayList<>(space.getComments());
            comments.addAll(last.getPrefix().getComments());
            return space.withComments(comments);
        }

        private Statement placed(Statement statement, ExecutionContext context) {
            return between.isEmpty() ? statement : formatted(statement, context);
        }

        private Statement formatted(Statement statement, ExecutionContext context) {
            return autoFormat(statement, context, getCursor());
        }

        private final class Closes extends org.openrewrite.java.JavaVisitor<Integer> {
            @Override
            public J visitMethodInvocation(J.MethodInvocation call, Integer p) {
                if (pair.end() == null || !call.getId().equals(pair.end().getId())) {
                    return super.visitMethodInvocation(call, p);
                }
                J.MethodInvocation close = Spanloom.template("#{any(io.spanloom.Span)}.close()")
                        .apply(getCursor(), call.getCoordinates().replace(), Spanloom.variable(name));
                return close.withPrefix(call.getPrefix());
            }
        }
    }
}
