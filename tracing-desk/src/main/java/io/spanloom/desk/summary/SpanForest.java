package io.spanloom.desk.summary;

import io.spanloom.desk.TraceSpan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The spans of a trace linked to their parents. A circle of parents is cut at its earliest span. Loops, not recursion: a
 * chain may be thousands long.
 */
final class SpanForest {
    private static final Comparator<TraceSpan> BY_START =
            Comparator.comparing(TraceSpan::start).thenComparing(TraceSpan::id);

    private final List<Entity> all = new ArrayList<>();

    private SpanForest() {}

    static SpanForest of(Collection<TraceSpan> spans) {
        Map<String, List<TraceSpan>> children = new HashMap<>();
        Map<String, TraceSpan> unplaced = new HashMap<>();
        spans.forEach(span -> unplaced.put(span.id(), span));
        List<TraceSpan> tops = new ArrayList<>();
        for (TraceSpan span : spans) {
            String parent = span.parentId();
            if (parent == null || !unplaced.containsKey(parent)) {
                tops.add(span);
            } else {
                children.computeIfAbsent(parent, id -> new ArrayList<>(2)).add(span);
            }
        }
        SpanForest forest = new SpanForest();
        tops.sort(BY_START);
        forest.place(tops, children, unplaced);
        if (!unplaced.isEmpty()) {
            List<TraceSpan> circles = new ArrayList<>(unplaced.values());
            circles.sort(BY_START);
            circles.forEach(span -> forest.place(List.of(span), children, unplaced));
        }
        forest.all.forEach(Entity::settle);
        return forest;
    }

    private void place(
            Collection<TraceSpan> tops, Map<String, List<TraceSpan>> children, Map<String, TraceSpan> unplaced) {
        Deque<Entity> open = new ArrayDeque<>();
        for (TraceSpan top : tops) {
            if (unplaced.remove(top.id()) != null) {
                open.add(new Entity(top, null));
            }
        }
        while (!open.isEmpty()) {
            Entity entity = open.remove();
            all.add(entity);
            List<TraceSpan> below = children.getOrDefault(entity.span().id(), List.of());
            for (TraceSpan child : below.size() > 1 ? sorted(below) : below) {
                if (unplaced.remove(child.id()) != null) {
                    open.add(new Entity(child, entity));
                }
            }
        }
    }

    private static List<TraceSpan> sorted(List<TraceSpan> spans) {
        List<TraceSpan> sorted = new ArrayList<>(spans);
        sorted.sort(BY_START);
        return sorted;
    }

    /** A segment without parent rather than one whose parent is missing, rather than a subsegment; of several the earliest. */
    Entity entry() {
        Entity best = all.get(0);
        for (Entity entity : all) {
            if (entity.parent() == null && rank(entity) < rank(best)) {
                best = entity;
            }
        }
        best.makeRoot();
        return best;
    }

    private static int rank(Entity entity) {
        if (entity.parent() != null || !entity.isSegment()) {
            return 2;
        }
        return entity.span().parentId() == null ? 0 : 1;
    }

    /** The nodes of the trace: segments, what stands for one at the top, and what is inferred. */
    List<Entity> services() {
        List<Entity> services = new ArrayList<>(2);
        for (Entity entity : all) {
            if (entity.segment() == entity || entity.inferred()) {
                services.add(entity);
            }
        }
        return List.copyOf(services);
    }

    List<Call> calls() {
        List<Call> calls = new ArrayList<>(2);
        for (Entity entity : all) {
            Entity parent = entity.parent();
            if (entity.isSegment() && parent != null) {
                calls.add(new Call(parent, entity));
            } else if (entity.inferred() && entity.segment() != entity) {
                calls.add(new Call(entity, entity));
            }
        }
        return List.copyOf(calls);
    }
}
