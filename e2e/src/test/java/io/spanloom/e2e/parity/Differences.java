package io.spanloom.e2e.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Where documents of one name differ, line by line. */
final class Differences {

    /** So many lines are shown of one program. */
    private static final int MOST = 20;

    private final String left;
    private final String right;
    private final List<String> lines = new ArrayList<>();

    private Differences(String left, String right) {
        this.left = left;
        this.right = right;
    }

    static List<String> of(String left, Map<String, ObjectNode> lefts, String right, Map<String, ObjectNode> rights) {
        Differences differences = new Differences(left, right);
        Set<String> ids = new LinkedHashSet<>(lefts.keySet());
        ids.addAll(rights.keySet());
        for (String id : ids) {
            JsonNode one = lefts.getOrDefault(id, null);
            JsonNode other = rights.getOrDefault(id, null);
            if (one == null || other == null) {
                differences.lines.add(id + ": only in " + (one == null ? right + ": " + other : left + ": " + one));
            } else {
                differences.compare(one.path("name").asText() + " " + id, one, other);
            }
        }
        return differences.lines.size() <= MOST
                ? differences.lines
                : Stream.concat(
                                differences.lines.stream().limit(MOST),
                                Stream.of((differences.lines.size() - MOST) + " more"))
                        .toList();
    }

    private void compare(String path, JsonNode one, JsonNode other) {
        if (one.isObject() && other.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path + "/" + name, one.path(name), other.path(name)));
        } else if (one.isArray() && other.isArray() && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                compare(path + "/" + i, one.get(i), other.get(i));
            }
        } else if (!isSame(one, other)) {
            lines.add(path + "\n    " + left + ": " + text(one) + "\n    " + right + ": " + text(other));
        }
    }

    /** Whole numbers exactly, all others as the doubles that readers make of them. */
    private static boolean isSame(JsonNode one, JsonNode other) {
        if (one.isIntegralNumber() && other.isIntegralNumber()) {
            return one.bigIntegerValue().equals(other.bigIntegerValue());
        }
        if (one.isNumber() && other.isNumber()) {
            return one.doubleValue() == other.doubleValue();
        }
        return one.equals(other);
    }

    private static String text(JsonNode node) {
        if (node instanceof MissingNode) {
            return "(nothing)";
        }
        String text = node.toString();
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), 300); i++) {
            char c = text.charAt(i);
            shown.append(c < 0x20 || c > 0x7e ? String.format("\\u%04x", (int) c) : c);
        }
        return shown + (text.length() > 300 ? "... (" + text.length() + " characters)" : "");
    }
}
