import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.util.concurrent.StructuredTaskScope;

/** docs/context.md's recipes for the newest JDK; StructuredTraceTest runs it, with preview features enabled. */
final class StructuredTrace {

    private static final ScopedValue<String> TENANT = ScopedValue.newInstance();

    public static void main(String[] args) throws Exception {
        try (Span root = Tracing.span("root")) {
            check("forks nest below what is current", forks(root).equals(root.spanId() + root.spanId()));
            check("a scoped value and the trace go together", withTenant(root).equals("acme " + root.spanId()));
            check("the trace travels in a scoped value", inAScopedValue(root).equals(root.spanId()));
            check("the owner's span stays current", Tracing.current().spanId().equals(root.spanId()));
        }
        check("nothing is left", Tracing.current() == Span.noop());
    }

    static String forks(Span root) throws Exception {
        try (var scope = StructuredTaskScope.open()) {
            var user = scope.fork(Tracing.wrapCallable(() -> load("user")));
            var cart = scope.fork(Tracing.wrapCallable(() -> load("cart")));
            scope.join();
            return user.get() + cart.get();
        }
    }

    static String withTenant(Span root) throws Exception {
        return ScopedValue.where(TENANT, "acme").call(() -> {
            try (var scope = StructuredTaskScope.open()) {
                var user = scope.fork(Tracing.wrapCallable(() -> TENANT.get() + " " + load("user")));
                scope.join();
                return user.get();
            }
        });
    }

    static final ScopedValue<TraceContext> TRACE = ScopedValue.newInstance();

    static String inAScopedValue(Span root) throws Exception {
        return ScopedValue.where(TRACE, Tracing.capture()).call(() -> {
            try (var scope = StructuredTaskScope.open()) {
                var user = scope.fork(() -> TRACE.get().call(() -> load("user")));
                scope.join();
                return user.get();
            }
        });
    }

    /** Its parent's id, and a span that nobody closes. */
    private static String load(String what) {
        String parent = Tracing.current().spanId();
        Tracing.span(what);
        return parent;
    }

    private static void check(String what, boolean holds) {
        if (!holds) {
            throw new AssertionError(what);
        }
        System.out.println("ok: " + what);
    }
}
