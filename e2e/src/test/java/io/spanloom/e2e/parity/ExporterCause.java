package io.spanloom.e2e.parity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;

/** The exporter's {@code cause} block, read from Java's stack text. */
final class ExporterCause {

    private static final String CAUSED = "Caused by: ";
    private static final String FRAME = "\tat ";

    private final ArrayNode exceptions = JsonNodeFactory.instance.arrayNode();
    private final boolean remote;

    private ExporterCause(boolean remote) {
        this.remote = remote;
    }

    static void write(ObjectNode document, Span span, boolean awsApi) {
        boolean any = span.getEventsList().stream()
                .anyMatch(event -> event.getName().equals("exception")
                        || awsApi && event.getName().equals("HTTP request failure"));
        if (!any) {
            return;
        }
        ExporterCause cause = new ExporterCause(
                span.getKind() == SpanKind.SPAN_KIND_CLIENT || span.getKind() == SpanKind.SPAN_KIND_PRODUCER);
        for (Span.Event event : span.getEventsList()) {
            if (event.getName().equals("exception")) {
                cause.exception(event);
            } else if (awsApi && event.getName().equals("HTTP request failure")) {
                throw new IllegalStateException("this event would become an exception");
            }
        }
        document.putObject("cause").set("exceptions", cause.exceptions);
    }

    private static String text(Span.Event event, String key) {
        return event.getAttributesList().stream()
                .filter(each -> each.getKey().equals(key))
                .findFirst()
                .map(KeyValue::getValue)
                .map(value -> value.getStringValue())
                .orElse("");
    }

    private ObjectNode add(String type, String message) {
        ObjectNode exception = exceptions.addObject();
        exception.put("id", "made up " + exceptions.size());
        exception.put("type", type);
        exception.put("message", message);
        exception.put("remote", remote);
        return exception;
    }

    private void exception(Span.Event event) {
        ObjectNode exception = add(text(event, "exception.type"), text(event, "exception.message"));
        String stack = text(event, "exception.stacktrace");
        String[] lines = (stack.endsWith("\n") ? stack.substring(0, stack.length() - 1) : stack).split("\r?\n", -1);
        int at = 1;
        while (at < lines.length) {
            String line = lines[at];
            if (isFrame(line)) {
                frame(exception, line);
                at++;
            } else if (line.startsWith(CAUSED)) {
                String type = line.substring(CAUSED.length());
                int colon = type.indexOf(':');
                StringBuilder message = new StringBuilder(colon < 0 ? "" : type.substring(colon + 2));
                for (at++; at < lines.length && !isFrame(lines[at]); at++) {
                    message.append(lines[at]);
                }
                ObjectNode cause = add(colon < 0 ? type : type.substring(0, colon), message.toString());
                exception.set("cause", cause.get("id"));
                exception = cause;
            } else {
                at++;
            }
        }
    }

    private static boolean isFrame(String line) {
        return line.startsWith(FRAME) && line.indexOf('(') >= 0 && line.endsWith(")");
    }

    private static void frame(ObjectNode exception, String line) {
        int paren = line.indexOf('(');
        String label = line.substring(FRAME.length(), paren);
        String path = line.substring(paren + 1, line.length() - 1);
        int colon = path.indexOf(':');
        int number = 0;
        if (colon >= 0) {
            try {
                number = Integer.parseInt(path, colon + 1, path.length(), 10);
            } catch (NumberFormatException odd) {
                number = 0;
            }
            path = path.substring(0, colon);
        }
        ObjectNode frame = exception.withArray("stack").addObject();
        frame.put("path", path);
        frame.put("line", number);
        frame.put("label", label.substring(label.indexOf('/') + 1));
    }
}
