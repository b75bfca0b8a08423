package io.spanloom.backend;

import io.spanloom.Outcome;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.ThrownException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A trace as text:
 *
 * <pre>
 * trace 1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e  backend-java  12.4 ms
 * GET /api/activities/home  12.4 ms  200
 * ├─ HomeActivities.run  8.1 ms  user_handle=andrewbrown
 * │  └─ returning_mock_data  0.2 ms  {activities/results=3}
 * └─ audit  0.1 ms  FAULT java.lang.IllegalStateException: boom
 * </pre>
 */
final class TraceTree {

    /** Longer values are cut: the tree is for reading, the values are for the other backends. */
    private static final int VALUE_CHARS = 120;

    private static final Pattern BREAKING = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    private final StringBuilder text = new StringBuilder(512);

    private TraceTree() {}

    static String of(String configured, MemorySpan root) {
        String service = root.service() == null ? configured : root.service();
        TraceTree tree = new TraceTree();
        tree.text
                .append("trace ")
                .append(root.xrayTraceId())
                .append("  ")
                .append(line(service))
                .append("  ");
        tree.text.append(duration(root)).append('\n');
        tree.span(root, "", "");
        if (root.leftOut() > 0) {
            tree.text.append("(").append(root.leftOut()).append(" more spans were started and are not shown)\n");
        }
        return tree.text.toString().stripTrailing();
    }

    static String late(String configured, MemorySpan span) {
        String service = span.service() == null ? configured : span.service();
        TraceTree tree = new TraceTree();
        tree.text.append("trace ").append(span.xrayTraceId()).append("  ").append(line(service));
        tree.text.append("  (ended after its root)\n");
        tree.span(span, "", "");
        return tree.text.toString().stripTrailing();
    }

    private void span(MemorySpan span, String firstIndent, String indent) {
        text.append(firstIndent).append(span.name()).append("  ").append(duration(span));
        if (span.response() != null) {
            text.append("  ").append(span.response().status());
        }
        if (span.outcome() != Outcome.OK) {
            text.append("  ").append(span.outcome());
        }
        List<ThrownException> exceptions = span.exceptions();
        for (int i = 0; i < exceptions.size(); i++) {
            ThrownException thrown = exceptions.get(i);
            text.append(i == 0 ? " " : " <- ").append(thrown.type());
            if (!thrown.message().isEmpty()) {
                text.append(": ").append(cut(thrown.message()));
            }
        }
        for (Map.Entry<String, Object> annotation : span.annotations().entrySet()) {
            text.append("  ")
                    .append(annotation.getKey())
                    .append('=')
                    .append(cut(annotation.getValue().toString()));
        }
        for (Map.Entry<String, Map<String, String>> namespace : span.metadata().entrySet()) {
            for (Map.Entry<String, String> value : namespace.getValue().entrySet()) {
                text.append("  {")
                        .append(line(namespace.getKey()))
                        .append('/')
                        .append(line(value.getKey()))
                        .append('=');
                text.append(cut(value.getValue())).append('}');
            }
        }
        text.append('\n');
        List<MemorySpan> children = span.children();
        for (int i = 0; i < children.size(); i++) {
            boolean last = i + 1 == children.size();
            span(children.get(i), indent + (last ? "└─ " : "├─ "), indent + (last ? "   " : "│  "));
        }
    }

    private static String duration(MemorySpan span) {
        long end = span.endEpochNanos();
        return end == 0 ? "(not ended)" : String.format(Locale.ROOT, "%.1f ms", (end - span.startEpochNanos()) / 1e6);
    }

    private static String cut(String value) {
        String line = line(value);
        return line.length() <= VALUE_CHARS ? line : line.substring(0, VALUE_CHARS) + "...";
    }

    /** What was given may have come with a request: it starts no line of its own, and steers no terminal. */
    private static String line(String text) {
        return BREAKING.matcher(text).replaceAll(" ");
    }
}
