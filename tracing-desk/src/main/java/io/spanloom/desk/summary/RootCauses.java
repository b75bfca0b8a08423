package io.spanloom.desk.summary;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.filter.Cause;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds root causes. Of faults and errors: each span that has the flag while nothing below it has, with the way to it from
 * the top. Of response times: from the entry always on to the child that its parent waited for longest, as long as that was at
 * least half of the parent's own time; what a child did after its parent had answered counts for nothing. The service
 * publishes neither rule.
 */
final class RootCauses {
    /** Of one kind in one trace: a loop of a thousand failed calls has one lesson. */
    private static final int MAX = 10;

    private static final double SHARE = 0.5;

    private final Cause cause;
    private final Entity entry;
    private final List<RootCause> found = new ArrayList<>();

    private RootCauses(Cause cause, Entity entry) {
        this.cause = cause;
        this.entry = entry;
    }

    static List<RootCause> of(Cause cause, Entity entry, List<Entity> services) {
        RootCauses causes = new RootCauses(cause, entry);
        if (cause == Cause.RESPONSE_TIME) {
            causes.followTime();
        } else {
            causes.findFlags(services);
        }
        return List.copyOf(causes.found);
    }

    private void findFlags(List<Entity> services) {
        Deque<Entity> open = new ArrayDeque<>();
        services.stream().filter(service -> service.parent() == null).forEach(open::add);
        while (!open.isEmpty() && found.size() < MAX) {
            Entity entity = open.pop();
            if (flagged(entity) && entity.children().stream().noneMatch(this::flagged)) {
                found.add(new RootCause(cause, servicesOn(wayTo(entity)), flagged(entry)));
            }
            List<Entity> children = entity.children();
            for (int i = children.size() - 1; i >= 0; i--) {
                open.push(children.get(i));
            }
        }
    }

    private boolean flagged(Entity entity) {
        return cause == Cause.FAULT ? entity.span().fault() : entity.span().error();
    }

    private static List<Entity> wayTo(Entity last) {
        List<Entity> way = new ArrayList<>();
        for (Entity entity = last; entity != null; entity = entity.parent()) {
            way.add(entity);
        }
        Collections.reverse(way);
        return way;
    }

    private void followTime() {
        List<Entity> way = new ArrayList<>();
        Entity next = entry;
        // Not a number while in progress, and then no share of it is large enough.
        while (next != null && next.responseTime() >= 0) {
            way.add(next);
            next = longest(next);
        }
        if (!way.isEmpty()) {
            found.add(new RootCause(cause, servicesOn(way), true));
        }
    }

    private static @Nullable Entity longest(Entity parent) {
        Entity longest = null;
        double most = 0;
        for (Entity child : parent.children()) {
            double waited = waited(parent.span(), child.span());
            if (waited > most && waited >= SHARE * parent.responseTime()) {
                longest = child;
                most = waited;
            }
        }
        return longest;
    }

    /** Seconds of the parent's time in which the child was at work; not a number unless both have ended. */
    private static double waited(TraceSpan parent, TraceSpan child) {
        if (parent.end() == null || child.end() == null) {
            return Double.NaN;
        }
        long from = Math.max(Seconds.micros(parent.start()), Seconds.micros(child.start()));
        long to = Math.min(Seconds.micros(parent.end()), Seconds.micros(child.end()));
        return (to - from) / 1e6;
    }

    private List<RootCause.Service> servicesOn(List<Entity> way) {
        List<RootCause.Service> services = new ArrayList<>();
        List<RootCause.Step> steps = new ArrayList<>();
        for (int i = 0; i < way.size(); i++) {
            Entity entity = way.get(i);
            steps.add(step(entity));
            boolean leaves = i + 1 == way.size() || way.get(i + 1).segment() != entity.segment();
            if (leaves) {
                services.add(service(entity.segment(), steps));
                steps = new ArrayList<>();
            }
        }
        Entity last = way.get(way.size() - 1);
        if (last.inferred() && last.segment() != last) {
            services.add(service(last, List.of(step(last))));
        }
        return services;
    }

    private static RootCause.Service service(Entity node, List<RootCause.Step> path) {
        return new RootCause.Service(node.name(), node.type(), node.account(), node.inferred(), List.copyOf(path));
    }

    private RootCause.Step step(Entity entity) {
        TraceSpan span = entity.span();
        double coverage = entry.responseTime() > 0 ? entity.responseTime() / entry.responseTime() : Double.NaN;
        return new RootCause.Step(
                entity.name(),
                coverage,
                span.namespace() != null,
                cause == Cause.RESPONSE_TIME
                        ? List.of()
                        : span.exceptions().stream().map(RootCause.Thrown::new).toList());
    }
}
