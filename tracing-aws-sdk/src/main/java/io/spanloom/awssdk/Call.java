package io.spanloom.awssdk;

import io.spanloom.Aws;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.Tracing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;

/** One call with all its attempts. Its span is current nowhere: the SDK goes from thread to thread, and may never come back. */
final class Call {

    static final String HEADER = "X-Amzn-Trace-Id";

    private static final List<String> REQUEST_ID = List.of("x-amzn-RequestId", "x-amz-request-id");
    private static final String EXTENDED_REQUEST_ID = "x-amz-id-2";

    final Object owner;
    final Span span;
    /** What the service, or who receives the message, is told of the trace. */
    final String header;

    /** The SDK makes them one after the other. */
    int attempts;

    private final SdkRequest request;
    private final String service;
    private final String operation;
    private final @Nullable String region;

    private Call(
            Object owner,
            Span span,
            String header,
            SdkRequest request,
            String service,
            String operation,
            @Nullable String region) {
        this.owner = owner;
        this.span = span;
        this.header = header;
        this.request = request;
        this.service = service;
        this.operation = operation;
        this.region = region;
    }

    /** Null where nothing is current. */
    static @Nullable Call begin(Object owner, ExecutionAttributes attributes, SdkRequest request) {
        String service = orUnknown(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME));
        String operation = orUnknown(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
        Region region = attributes.getAttribute(AwsExecutionAttribute.AWS_REGION);
        Span span = Tracing.span(Specs.of(service, operation));
        if (span == Span.noop()) {
            return null;
        }
        try {
            String where = region == null ? null : region.id();
            Call call = new Call(owner, span, header(span), request, service, operation, where);
            AsyncCalls.begun(call);
            return call;
        } catch (Throwable thrown) {
            span.close();
            throw thrown;
        } finally {
            span.detach();
        }
    }

    private static String orUnknown(@Nullable String name) {
        return name == null || name.isEmpty() ? "Unknown" : name;
    }

    /** X-Ray's, whatever {@code tracing.propagation} says: AWS's services read no other, and one that is signed could not be changed on its way. */
    private static String header(Span span) {
        String[] written = new String[1]; // with what else came with the trace, as Lambda's Lineage
        Tracing.inject(written, (into, name, value) -> {
            if (name.equalsIgnoreCase(HEADER)) {
                into[0] = value;
            }
        });
        String given = written[0];
        return given != null
                ? given
                : "Root=" + span.xrayTraceId() + ";Parent=" + span.spanId() + ";Sampled=" + (span.isSampled() ? 1 : 0);
    }

    void answered(@Nullable SdkHttpResponse response) {
        if (!span.isRecording()) {
            return;
        }
        Map<String, Object> further = new LinkedHashMap<>();
        String requestId = null;
        if (response != null) {
            requestId = response.firstMatchingHeader(REQUEST_ID).orElse(null);
            further(
                    further,
                    Resources.EXTENDED_REQUEST_ID,
                    response.firstMatchingHeader(EXTENDED_REQUEST_ID).orElse(null));
            span.http(Http.response(response.statusCode()).contentLength(length(response)));
        }
        describe(requestId, further);
    }

    void failed(@Nullable SdkHttpResponse response, @Nullable Throwable thrown) {
        if (!span.isRecording()) {
            return;
        }
        Map<String, Object> further = new LinkedHashMap<>();
        String requestId = null;
        if (unwrapped(thrown) instanceof SdkServiceException failure) {
            requestId = failure.requestId();
            further(further, Resources.EXTENDED_REQUEST_ID, failure.extendedRequestId());
            if (failure instanceof AwsServiceException known && known.awsErrorDetails() != null) {
                further(further, Resources.ERROR_CODE, known.awsErrorDetails().errorCode());
            }
            status(failure, response, further);
        }
        describe(requestId, further);
    }

    /**
     * The status decides about the outcome, on every backend. Services throttle with 400 and 503, too: these are written as
     * the one status that means it, and the one that came stands beside.
     */
    private void status(SdkServiceException failure, @Nullable SdkHttpResponse response, Map<String, Object> further) {
        int status = failure.statusCode();
        if (failure.isThrottlingException() && status != 429) {
            further.put(Resources.STATUS, (long) status);
            status = 429;
        }
        if (status > 0) {
            span.http(Http.response(status).contentLength(response == null ? 0 : length(response)));
        }
    }

    private void describe(@Nullable String requestId, Map<String, Object> further) {
        if (attempts > 1) {
            further.put(Resources.RETRIES, (long) attempts - 1);
        }
        Resources.of(service, request, further);
        span.aws(new Aws(
                service,
                operation,
                region,
                requestId,
                Resources.queue(service, request),
                Resources.tables(service, request),
                further));
    }

    private static void further(Map<String, Object> further, String key, @Nullable String value) {
        if (value != null) {
            further.put(key, value);
        }
    }

    private static long length(SdkHttpResponse response) {
        String header = response.firstMatchingHeader("Content-Length").orElse(null);
        if (header == null || header.isEmpty() || header.length() > 18) {
            return 0;
        }
        for (int i = 0; i < header.length(); i++) {
            if (header.charAt(i) < '0' || header.charAt(i) > '9') {
                return 0;
            }
        }
        return Long.parseLong(header);
    }

    /** Of an end that the SDK did not tell; does nothing after one that it did. */
    void abandoned(Throwable thrown) {
        if (span.isRecording()) {
            try {
                describe(null, new LinkedHashMap<>());
            } catch (Throwable refusal) {
                TracingExecutionInterceptor.refused(refusal);
            }
        }
        end(thrown);
    }

    void end(@Nullable Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        if (cause instanceof CancellationException) {
            span.annotation("cancelled", true).close();
        } else {
            span.close(cause);
        }
    }

    private static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
