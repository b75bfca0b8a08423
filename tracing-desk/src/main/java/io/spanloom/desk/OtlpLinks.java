package io.spanloom.desk;

import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Links to other spans, as {@code awsxrayexporter} (0.156) writes them: {@code links} of a document. */
final class OtlpLinks {
    private OtlpLinks() {}

    static void read(List<Span.Link> links, SpanDraft draft) {
        List<Map<String, Object>> read = new ArrayList<>(links.size());
        for (Span.Link link : links) {
            if (!OtlpSpanReader.isEmpty(link.getTraceId())) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("trace_id", TraceIds.toXRay(OtlpSpanReader.hex(link.getTraceId())));
                fields.put("id", OtlpSpanReader.hex(link.getSpanId()));
                if (link.getAttributesCount() > 0) {
                    fields.put("attributes", OtlpValues.attributes(link.getAttributesList()));
                }
                read.add(fields);
            }
        }
        if (!read.isEmpty()) {
            draft.details.put(TraceSpan.LINKS, read);
        }
    }
}
