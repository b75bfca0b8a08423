package io.spanloom.desk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Trace data in a file, in whichever form it was saved: X-Ray documents (one after the other or in a list), the daemon's
 * datagrams with their headers, bodies of PutTraceSegments, answers of BatchGetTraces ({@code aws xray batch-get-traces}),
 * or OTLP in JSON (as the collector's file exporter writes it).
 *
 * @param segments X-Ray documents, as they stand in the file
 * @param otlp export requests
 */
record DocumentFile(List<String> segments, List<String> otlp) {
    private static final ObjectMapper JSON = new ObjectMapper(JsonValues.FACTORY);

    /** @throws IOException saying where the text stops being JSON */
    static DocumentFile read(String text) throws IOException {
        DocumentFile file = new DocumentFile(new ArrayList<>(), new ArrayList<>());
        try (JsonParser json = JsonValues.FACTORY.createParser(text)) {
            while (json.nextToken() != null) {
                int from = (int) json.currentTokenLocation().getCharOffset();
                // In a list each of its items is read alone.
                if (json.currentToken() == JsonToken.START_ARRAY || json.currentToken() == JsonToken.END_ARRAY) {
                    continue;
                }
                if (json.currentToken() == JsonToken.VALUE_STRING) {
                    file.segments.add(json.getText());
                    continue;
                }
                json.skipChildren();
                int to = (int) json.currentLocation().getCharOffset();
                file.add(text.substring(from, Math.min(to, text.length())).trim());
            }
        }
        return file;
    }

    private void add(String value) throws IOException {
        JsonNode node = JSON.readTree(value);
        if (node.has("resourceSpans")) {
            otlp.add(value);
        } else if (node.has("Traces")) {
            node.path("Traces")
                    .forEach(trace -> trace.path("Segments")
                            .forEach(segment ->
                                    segments.add(segment.path("Document").asText())));
        } else if (node.has("TraceSegmentDocuments")) {
            node.path("TraceSegmentDocuments").forEach(document -> segments.add(document.asText()));
        } else if (!isHeader(node)) {
            segments.add(value);
        }
    }

    private static boolean isHeader(JsonNode node) {
        return node.size() == 2 && node.has("format") && node.has("version");
    }
}
