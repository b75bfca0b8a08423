package io.spanloom.e2e.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.List;

/** What makes X-Ray documents of an OTLP request: the restated rules, or a real collector. */
interface ToXRay {

    List<? extends JsonNode> documents(byte[] otlp);

    /** The rules of {@link ExporterRules}. */
    static ToXRay rules() {
        return otlp -> {
            try {
                return ExporterRules.documents(ExportTraceServiceRequest.parseFrom(otlp));
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
