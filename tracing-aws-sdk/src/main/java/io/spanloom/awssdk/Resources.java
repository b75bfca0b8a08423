package io.spanloom.awssdk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** What a request is about: names of resources, and nothing else that it holds. By the SDK's names of services and members. */
final class Resources {

    // As OpenTelemetry's conventions name them, where they do.
    static final String EXTENDED_REQUEST_ID = "aws.extended_request_id";
    static final String ERROR_CODE = "aws.error_code";
    static final String RETRIES = "aws.retries";
    static final String STATUS = "aws.http_status";

    /** By service: the member of its requests, and the attribute. */
    private static final Map<String, List<Map.Entry<String, String>>> NAMED = Map.of(
            "S3", List.of(Map.entry("Bucket", "aws.s3.bucket")),
            "Sqs", List.of(Map.entry("QueueName", "aws.sqs.queue.name")),
            "Sns", List.of(Map.entry("TopicArn", "aws.sns.topic.arn"), Map.entry("TargetArn", "aws.sns.target.arn")),
            "Lambda", List.of(Map.entry("FunctionName", "aws.lambda.function.name")),
            "Kinesis", List.of(Map.entry("StreamName", "aws.kinesis.stream_name")),
            "Firehose", List.of(Map.entry("DeliveryStreamName", "aws.firehose.stream_name")),
            "Sfn", List.of(Map.entry("StateMachineArn", "aws.step_functions.state_machine.arn")));

    private Resources() {}

    static boolean isSqs(ExecutionAttributes attributes) {
        return "Sqs".equals(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME));
    }

    static void of(String service, SdkRequest request, Map<String, Object> further) {
        List<Map.Entry<String, String>> named = NAMED.get(service);
        if (named != null) {
            for (Map.Entry<String, String> each : named) {
                String value = text(request, each.getKey());
                if (value != null) {
                    further.put(each.getValue(), value);
                }
            }
        }
    }

    static @Nullable String queue(String service, SdkRequest request) {
        return service.equals("Sqs") ? text(request, "QueueUrl") : null;
    }

    /** The one of most operations, or those of a batch in alphabetical order. */
    static List<String> tables(String service, SdkRequest request) {
        if (!service.equals("DynamoDb")) {
            return List.of();
        }
        String table = text(request, "TableName");
        if (table != null) {
            return List.of(table);
        }
        Object batch = request.getValueForField("RequestItems", Object.class).orElse(null);
        TreeSet<String> tables = new TreeSet<>();
        if (batch instanceof Map<?, ?> byTable) {
            byTable.keySet().forEach(name -> tables.add(String.valueOf(name)));
        }
        return List.copyOf(tables);
    }

    private static @Nullable String text(SdkRequest request, String member) {
        Optional<Object> value = request.getValueForField(member, Object.class);
        return value.isPresent() && value.get() instanceof String text ? text : null;
    }
}
