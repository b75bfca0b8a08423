package io.spanloom.rewrite;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Preconditions;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.search.UsesType;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.java.tree.TypeUtils;

/**
 * Notes what the other recipes left: each statement with a call of the SDK or of Powertools that Spanloom has something
 * else for, and each aspect of the SDK's. It works as it did until somebody turns it.
 */
public final class NoteTheRest extends Recipe {

    private static final String THREADS =
            "carry the trace with Tracing.wrap(executor) or Tracing.capture(), which also clean up after themselves";
    private static final String PAIR =
            "begin and end are apart. Keep the Span where its end can reach it: Span span = Tracing.subsegment(name)"
                    + ".detach(), and span.close() there, on any thread";
    private static final String OUTCOME =
            "span.fail(exception), span.expected(exception) or span.http(Http.response(status))";

    private static final Map<String, String> FACADE = Map.ofEntries(
            Map.entry("beginSubsegment", PAIR),
            Map.entry("beginSegment", PAIR),
            Map.entry("endSubsegment", PAIR),
            Map.entry("endSegment", PAIR),
            Map.entry("createSubsegment", "Tracing.call or Tracing.run with a lambda"),
            Map.entry("createSegment", "Tracing.call or Tracing.run with a lambda"),
            Map.entry("beginSubsegmentWithoutSampling", "no counterpart: sampling is decided once per trace"),
            Map.entry("setTraceEntity", THREADS),
            Map.entry("getTraceEntity", THREADS),
            Map.entry("clearTraceEntity", THREADS),
            Map.entry("setGlobalRecorder", "keep it while code uses the SDK; ours is set up by tracing.properties"));

    private static final Map<String, String> ENTITY = Map.of(
            "setError", OUTCOME,
            "setFault", OUTCOME,
            "setThrottle", OUTCOME,
            "putHttp", "span.http(Http.request(method, url)) and span.http(Http.response(status))",
            "putSql", "span.sql(Sql...)",
            "putAws", "span.metadata(\"aws\", key, value)",
            "run", THREADS);

    @Override
    public String getDisplayName() {
        return "Note what is to be done by hand";
    }

    @Override
    public String getDescription() {
        return "Writes a comment above what the other recipes could not turn safely, with what to do about it.";
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor() {
        return Preconditions.check(
                Preconditions.or(
                        new UsesType<>("com.amazonaws.xray..*", false),
                        new UsesType<>("software.amazon.lambda.powertools.tracing..*", false)),
                new Rest());
    }

    private static final class Rest extends JavaIsoVisitor<ExecutionContext> {

        private static final String NOTE = "note";

        @Override
        public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, ExecutionContext context) {
            J.MethodInvocation visited = super.visitMethodInvocation(call, context);
            String note = note(visited);
            if (note != null) {
                Cursor statement = statement();
                if (statement != null) {
                    statement.putMessage(NOTE, note);
                }
            }
            return visited;
        }

        private static @Nullable String note(J.MethodInvocation call) {
            JavaType.Method method = call.getMethodType();
            JavaType.FullyQualified owner = method == null ? null : method.getDeclaringType();
            if (owner == null) {
                return null;
            }
            String name = owner.getFullyQualifiedName();
            if (name.equals(Sdk.FACADE) || name.equals(Sdk.RECORDER)) {
                return FACADE.get(call.getSimpleName());
            }
            if (name.equals("software.amazon.lambda.powertools.tracing.TracingUtils")) {
                return "see docs/migrating-from-xray-sdk.md";
            }
            return name.startsWith(Sdk.ENTITIES) && !isKept(call) ? ENTITY.get(call.getSimpleName()) : null;
        }

        /** An entity that the SDK itself handed over, in a listener for example, is the SDK's business. */
        private static boolean isKept(J.MethodInvocation call) {
            Expression select = call.getSelect();
            return select == null || !Sdk.isEntity(select.getType());
        }

        /** The nearest statement that stands in a block: above it there is room for a comment. */
        private @Nullable Cursor statement() {
            for (Cursor at = getCursor(); at != null && !at.isRoot(); at = at.getParent()) {
                if (at.getValue() instanceof Statement
                        && !(at.getValue() instanceof J.Block)
                        && at.getParentTreeCursor().getValue() instanceof J.Block) {
                    return at;
                }
            }
            return null;
        }

        @Override
        public @Nullable J postVisit(J tree, ExecutionContext context) {
            String note = getCursor().pollMessage(NOTE);
            return note == null ? tree : Notes.note(tree, note);
        }

        @Override
        public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration type, ExecutionContext context) {
            J.ClassDeclaration visited = super.visitClassDeclaration(type, context);
            JavaType aspect =
                    type.getExtends() == null ? null : type.getExtends().getType();
            boolean interceptor = TypeUtils.isOfClassType(
                            aspect, "com.amazonaws.xray.spring.aop.AbstractXRayInterceptor")
                    || TypeUtils.isOfClassType(aspect, "com.amazonaws.xray.spring.aop.BaseAbstractXRayInterceptor");
            return interceptor
                    ? Notes.note(
                            visited,
                            "delete this aspect once nothing carries @XRayEnabled; until then it would trace twice"
                                    + " what its pointcut reaches without that annotation")
                    : visited;
        }
    }
}
