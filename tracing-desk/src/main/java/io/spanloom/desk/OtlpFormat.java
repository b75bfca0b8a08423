package io.spanloom.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two encodings of OTLP over HTTP. An answer has the encoding of its request. */
enum OtlpFormat {
    PROTOBUF("application/x-protobuf") {
        @Override
        ExportTraceServiceRequest decode(byte[] body) throws RejectedException {
            try {
                return ExportTraceServiceRequest.parseFrom(body);
            } catch (InvalidProtocolBufferException e) {
                throw new RejectedException(Rejection.BAD_OTLP, String.valueOf(e.getMessage()));
            }
        }

        @Override
        byte[] success(int rejectedSpans, String message) {
            ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
            if (rejectedSpans > 0) {
                response.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(rejectedSpans)
                        .setErrorMessage(message));
            }
            return response.build().toByteArray();
        }

        /** {@code google.rpc.Status}: field 1 is the code, field 2 the message. Two fields are not worth a dependency. */
        @Override
        byte[] failure(String message) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                CodedOutputStream out = CodedOutputStream.newInstance(bytes);
                out.writeInt32(1, INVALID_ARGUMENT);
                out.writeString(2, message);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    },

    JSON("application/json") {
        @Override
        ExportTraceServiceRequest decode(byte[] body) throws RejectedException {
            return OtlpJson.decode(body);
        }

        @Override
        byte[] success(int rejectedSpans, String message) {
            return json(out -> {
                out.writeObjectFieldStart("partialSuccess");
                if (rejectedSpans > 0) {
                    // 64-bit numbers are strings in the JSON mapping of protobuf.
                    out.writeStringField("rejectedSpans", Integer.toString(rejectedSpans));
                    out.writeStringField("errorMessage", message);
                }
                out.writeEndObject();
            });
        }

        @Override
        byte[] failure(String message) {
            return json(out -> {
                out.writeNumberField("code", INVALID_ARGUMENT);
                out.writeStringField("message", message);
            });
        }
    };

    /** The gRPC code for a request that will not become right by sending it again. */
    private static final int INVALID_ARGUMENT = 3;

    private final String contentType;

    OtlpFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** By the request's content type, parameters such as a charset aside; null if it is neither. */
    static @Nullable OtlpFormat of(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .trim()
                .toLowerCase(Locale.ROOT);
        for (OtlpFormat format : values()) {
            if (format.contentType.equals(type)) {
                return format;
            }
        }
        return null;
    }

    abstract ExportTraceServiceRequest decode(byte[] body) throws RejectedException;

    abstract byte[] success(int rejectedSpans, String message);

    abstract byte[] failure(String message);

    private static byte[] json(JsonFields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JsonValues.FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private interface JsonFields {
        void write(JsonGenerator out) throws IOException;
    }
}
