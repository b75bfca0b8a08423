package io.spanloom.awssdk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Writes the trace into messages. Loaded for calls of SQS only, for an application may do without. */
final class Sqs {

    /** As text: the SDK knows no name of an attribute that is newer than it. */
    private static final String NAME = MessageSystemAttributeNameForSends.AWS_TRACE_HEADER.toString();

    private Sqs() {}

    static boolean sends(SdkRequest request) {
        return request instanceof SendMessageRequest || request instanceof SendMessageBatchRequest;
    }

    /** The request with the header in each message that has none of the application's own. */
    static SdkRequest withTrace(SdkRequest request, String header) {
        if (request instanceof SendMessageRequest one) {
            Map<String, MessageSystemAttributeValue> given = one.messageSystemAttributesAsStrings();
            return given.containsKey(NAME)
                    ? one
                    : one.toBuilder()
                            .messageSystemAttributesWithStrings(with(given, header))
                            .build();
        }
        SendMessageBatchRequest batch = (SendMessageBatchRequest) request;
        List<SendMessageBatchRequestEntry> entries =
                new ArrayList<>(batch.entries().size());
        for (SendMessageBatchRequestEntry entry : batch.entries()) {
            Map<String, MessageSystemAttributeValue> given = entry.messageSystemAttributesAsStrings();
            entries.add(
                    given.containsKey(NAME)
                            ? entry
                            : entry.toBuilder()
                                    .messageSystemAttributesWithStrings(with(given, header))
                                    .build());
        }
        return batch.hasEntries() ? batch.toBuilder().entries(entries).build() : batch;
    }

    private static Map<String, MessageSystemAttributeValue> with(
            Map<String, MessageSystemAttributeValue> given, String header) {
        Map<String, MessageSystemAttributeValue> all = new HashMap<>(given);
        all.put(
                NAME,
                MessageSystemAttributeValue.builder()
                        .dataType("String")
                        .stringValue(header)
                        .build());
        return all;
    }
}
