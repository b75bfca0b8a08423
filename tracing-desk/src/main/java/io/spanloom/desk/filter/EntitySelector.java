package io.spanloom.desk.filter;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which services or calls statistics are about: an expression that is one {@code service()} or one {@code edge()}
 * (GetTimeSeriesServiceStatistics, {@code EntitySelectorExpression}).
 */
public final class EntitySelector {
    private final @Nullable Predicate<ServiceElement> service;
    private final Predicate<TraceElement.EdgeElement> edge;

    private EntitySelector(@Nullable Predicate<ServiceElement> service, Predicate<TraceElement.EdgeElement> edge) {
        this.service = service;
        this.edge = edge;
    }

    /** All calls. */
    public static EntitySelector everyEdge() {
        return new EntitySelector(null, edge -> true);
    }

    /** @throws FilterException also if it is any other filter expression */
    public static EntitySelector parse(String text) throws FilterException {
        Filter filter = Filter.parse(text);
        Compiler compiler = new Compiler(filter, Groups.NONE);
        if (filter.expression() instanceof Expression.Service selected) {
            Predicate<Element> inside = compiler.inside(selected.inside());
            return new EntitySelector(service -> selected.id().matches(service) && inside.test(service), edge -> false);
        }
        if (filter.expression() instanceof Expression.Edge selected) {
            Predicate<Element> inside = compiler.inside(selected.inside());
            return new EntitySelector(
                    null,
                    edge -> selected.source().matches(edge.source())
                            && selected.destination().matches(edge.destination())
                            && inside.test(edge));
        }
        throw new FilterException("expected one service() or one edge() and nothing else", text, 0);
    }

    /** Services are asked for, not calls. */
    public boolean ofServices() {
        return service != null;
    }

    public boolean selects(ServiceElement element) {
        return service != null && service.test(element);
    }

    public boolean selects(TraceElement.EdgeElement element) {
        return edge.test(element);
    }
}
