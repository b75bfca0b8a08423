package io.spanloom.awssdk;

import io.spanloom.Tracing;
import io.spanloom.spi.Reporter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.signer.AwsSignerExecutionAttribute;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Makes each call of the AWS SDK a span below what is current, with its retries. The SDK finds it by itself, for every
 * client, where this module is on the class path; there is nothing to call:
 *
 * <pre>{@code
 * DynamoDbClient dynamo = DynamoDbClient.create();
 * dynamo.getItem(request); // a span "DynamoDb.GetItem"
 * }</pre>
 *
 * <p>Recorded are service, operation, region, ids of the request, retries, status and length of the answer, the error's code,
 * and the names of tables, queues, buckets, topics, functions and streams: no credentials, no keys of objects or items, no
 * bodies. The call carries {@code X-Amzn-Trace-Id}, messages sent to SQS carry it as {@code AWSTraceHeader}. Where nothing is
 * current nothing begins, unless {@code tracing.context-missing = root} says so.
 *
 * <p><b>Errors.</b> Nothing here throws; what goes wrong is reported (TRC-270) and costs the span at most. Exceptions of a call
 * are the SDK's own, unchanged. <b>Threads.</b> One instance serves all clients. The span of an asynchronous call ends where
 * the call completes or fails; see {@link AsyncCalls} for one that is cancelled, or times out as a whole.
 */
public final class TracingExecutionInterceptor implements ExecutionInterceptor {

    /** Named anew by each class loader: the SDK refuses a name that it has seen, and may serve several applications. */
    private static final ExecutionAttribute<Call> CALL = new ExecutionAttribute<>(
            "io.spanloom.call." + System.identityHashCode(TracingExecutionInterceptor.class) + "." + System.nanoTime());

    /** Called by the SDK. */
    public TracingExecutionInterceptor() {}

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        SdkRequest request = context.request();
        if (!Tracing.isEnabled()) {
            return request;
        }
        try {
            // All others begin when their request is ready: what the SDK refuses before would leave a span that nobody
            // ends.
            if (Resources.isSqs(attributes) && Sqs.sends(request) && !OtherTracing.mayFollow()) {
                Call call = begin(attributes, request);
                return call == null ? request : Sqs.withTrace(request, call.header);
            }
        } catch (Throwable thrown) {
            refused(thrown);
        }
        return request;
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        SdkHttpRequest request = context.httpRequest();
        try {
            Call call = attributes.getAttribute(CALL);
            if (call == null && Tracing.isEnabled()) {
                call = begin(attributes, context.request());
            }
            if (call != null && call.owner == this) {
                return request.toBuilder().putHeader(Call.HEADER, call.header).build();
            }
        } catch (Throwable thrown) {
            refused(thrown);
        }
        return request;
    }

    /** Null where the call is not to be traced, or is by another. */
    private @Nullable Call begin(ExecutionAttributes attributes, SdkRequest request) {
        boolean presigned = attributes.getAttribute(AwsSignerExecutionAttribute.PRESIGNER_EXPIRATION) != null;
        if (presigned || attributes.getAttribute(CALL) != null || OtherTracing.traces(attributes)) {
            return null; // a presigned URL is a text: nothing is called, and whoever will has no such header
        }
        Call call = Call.begin(this, attributes, request);
        if (call != null) {
            attributes.putAttribute(CALL, call);
        }
        return call;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Call call = mine(attributes);
        if (call != null) {
            call.attempts++;
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        Call call = mine(attributes);
        if (call != null) {
            try {
                call.answered(context.httpResponse());
            } catch (Throwable thrown) {
                refused(thrown);
            } finally {
                call.span.close();
            }
        }
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        Call call = mine(attributes);
        if (call != null) {
            try {
                call.failed(context.httpResponse().orElse(null), context.exception());
            } catch (Throwable thrown) {
                refused(thrown);
            } finally {
                call.end(context.exception());
            }
        }
    }

    /** A client may have two of these: the first to come has the call. */
    private @Nullable Call mine(ExecutionAttributes attributes) {
        Call call = attributes.getAttribute(CALL);
        return call != null && call.owner == this ? call : null;
    }

    static void refused(Throwable thrown) {
        Reporter.refused(
                "TRC-270", "tracing could not describe a call of the AWS SDK; the call itself is not affected", thrown);
    }
}
