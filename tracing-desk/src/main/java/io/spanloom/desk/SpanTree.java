package io.spanloom.desk;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one trace, each below its parent. A span whose parent has not arrived stands at the top, as does the
 * earliest of a circle of parents. Loops, not recursion: a chain may be thousands long.
 */
final class SpanTree {
    /** Ids come last, so that two traces of one program have one order whatever their ids. */
    private static final Comparator<Node> BY_START = Comparator.<Node, Instant>comparing(n -> n.span.start())
            .thenComparing(n -> n.span.name())
            .thenComparing(n -> n.span.id());

    private final List<Node> ordered = new ArrayList<>();

    private SpanTree() {}

    static SpanTree of(Collection<TraceSpan> spans) {
        Map<String, Node> byId = new LinkedHashMap<>();
        for (TraceSpan span : spans) {
            byId.put(span.id(), new Node(span));
        }
        SpanTree tree = new SpanTree();
        List<Node> roots = new ArrayList<>();
        for (Node node : byId.values()) {
            Node parent = node.span.parentId() == null ? null : byId.get(node.span.parentId());
            if (parent == null) {
                roots.add(node);
            } else {
                node.parent = parent;
                parent.children.add(node);
            }
        }
        tree.place(roots);
        tree.placeCircles(byId.values());
        return tree;
    }

    /** Depth first from the roots, children of one parent by start, then name, then id. */
    List<Node> nodes() {
        return ordered;
    }

    /**
     * The spans in order. A span that names no service of its own (an X-Ray subsegment) has that of its nearest ancestor
     * which does, wherever that came from.
     */
    List<TraceSpan> spansWithService() {
        IdentityHashMap<Node, @Nullable String> services = new IdentityHashMap<>();
        List<TraceSpan> spans = new ArrayList<>(ordered.size());
        for (Node node : ordered) {
            String own = node.span.service();
            // Parents come first in the order, so the parent's answer is known.
            String service = own != null || node.parent == null ? own : services.get(node.parent);
            services.put(node, service);
            spans.add(own != null || service == null ? node.span : node.span.withService(service));
        }
        return spans;
    }

    private void placeCircles(Collection<Node> all) {
        if (ordered.size() == all.size()) {
            return;
        }
        List<Node> candidates = new ArrayList<>(all);
        candidates.sort(BY_START);
        for (Node node : candidates) {
            if (!node.placed) {
                if (node.parent != null) {
                    node.parent.children.remove(node);
                    node.parent = null;
                }
                place(List.of(node));
            }
        }
    }

    private void place(List<Node> roots) {
        Deque<Node> open = new ArrayDeque<>();
        pushInOrder(roots, open);
        while (!open.isEmpty()) {
            Node node = open.pop();
            node.placed = true;
            node.depth = node.parent == null ? 0 : node.parent.depth + 1;
            ordered.add(node);
            pushInOrder(node.children, open);
        }
    }

    private static void pushInOrder(List<Node> siblings, Deque<Node> open) {
        List<Node> sorted = new ArrayList<>(siblings);
        sorted.sort(BY_START);
        for (int i = sorted.size() - 1; i >= 0; i--) {
            Node node = sorted.get(i);
            node.last = i == sorted.size() - 1;
            open.push(node);
        }
    }

    /** A span in its place. */
    static final class Node {
        private final TraceSpan span;
        private final List<Node> children = new ArrayList<>();
        private @Nullable Node parent;
        private int depth;
        private boolean last;
        private boolean placed;

        private Node(TraceSpan span) {
            this.span = span;
        }

        TraceSpan span() {
            return span;
        }

        @Nullable
        Node parent() {
            return parent;
        }

        /** 0 at the top. */
        int depth() {
            return depth;
        }

        /** No sibling comes after it. */
        boolean last() {
            return last;
        }

        boolean hasChildren() {
            return !children.isEmpty();
        }

        /** Its document names a parent that has not arrived. */
        boolean orphan() {
            return parent == null && span.parentId() != null;
        }
    }
}
