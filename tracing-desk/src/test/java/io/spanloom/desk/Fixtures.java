package io.spanloom.desk;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Real documents, and short ways to make others. */
final class Fixtures {
    static final String TRACE = "6b0149357ad1c6780862287cab74ea3d";
    static final String XRAY_TRACE = "1-6b014935-7ad1c6780862287cab74ea3d";
    static final String HEADER = "{\"format\":\"json\",\"version\":1}\n";
    static final long NANOS = 1_795_246_389_000_000_000L;

    private Fixtures() {}

    static byte[] resource(String path) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/" + path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Received segment(String json) throws RejectedException {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return SegmentReader.read(bytes, 0, bytes.length);
    }

    /** A finished segment of one second; more fields start with a comma, apostrophes stand for quotes. */
    static String segmentJson(String id, String more) {
        return "{'id':'" + id + "','trace_id':'" + XRAY_TRACE + "','name':'svc','start_time':100,'end_time':101" + more
                + "}";
    }

    static Received oneSegment(String id, String more) throws RejectedException {
        return segment(segmentJson(id, more));
    }

    static TraceSpan span(String more) throws RejectedException {
        return oneSegment("000000000000000a", more).spans().get(0);
    }

    static Span.Builder otlp(String id) {
        return Span.newBuilder()
                .setTraceId(bytes(TRACE))
                .setSpanId(bytes(id))
                .setName("op")
                .setStartTimeUnixNano(NANOS)
                .setEndTimeUnixNano(NANOS + 50_000_000);
    }

    static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    static KeyValue attribute(String key, Object value) {
        return KeyValue.newBuilder().setKey(key).setValue(value(value)).build();
    }

    private static AnyValue value(Object value) {
        AnyValue.Builder any = AnyValue.newBuilder();
        if (value instanceof Long number) {
            any.setIntValue(number);
        } else if (value instanceof Double number) {
            any.setDoubleValue(number);
        } else if (value instanceof Boolean flag) {
            any.setBoolValue(flag);
        } else if (value instanceof String[] texts) {
            ArrayValue.Builder array = ArrayValue.newBuilder();
            for (String text : texts) {
                array.addValues(value(text));
            }
            any.setArrayValue(array);
        } else {
            any.setStringValue((String) value);
        }
        return any.build();
    }

    static ExportTraceServiceRequest request(String service, Span... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", service)))
                        .addScopeSpans(scope))
                .build();
    }

    static TraceSpan read(Span.Builder span) {
        return OtlpSpanReader.read(span.build(), "svc");
    }
}
