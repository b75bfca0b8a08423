package io.spanloom.xray;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spanloom.Aws;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call of an AWS service as X-Ray keeps it: the fields that the collector's exporter fills, and metadata for the rest. */
final class AwsBlock {

    private AwsBlock() {}

    /** Writes the block {@code aws}, where there is one. What the SDK's own code says beside it is kept. */
    static void write(JsonGenerator json, @Nullable Aws aws, @Nullable SdkContent sdk) throws IOException {
        Map<String, Object> block = new LinkedHashMap<>();
        if (sdk != null) {
            block.putAll(sdk.aws);
        }
        if (aws != null) {
            block.putAll(of(aws));
        }
        if (!block.isEmpty()) {
            json.writeFieldName("aws");
            JsonValues.write(json, block);
        }
    }

    static Map<String, Object> of(Aws aws) {
        Map<String, Object> block = new LinkedHashMap<>();
        putIfKnown(block, "operation", aws.operation());
        putIfKnown(block, "region", aws.region());
        putIfKnown(block, "request_id", aws.requestId());
        putIfKnown(block, "queue_url", aws.queueUrl());
        List<String> tables = aws.tables();
        if (tables.size() == 1) {
            block.put("table_name", tables.get(0));
        } else if (!tables.isEmpty()) {
            block.put("table_names", tables);
        }
        return block;
    }

    private static void putIfKnown(Map<String, Object> block, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            block.put(key, value);
        }
    }

    /** Metadata of namespace {@code default}, as JSON: where the exporter puts the attributes that it has no field for. */
    static Map<String, String> beside(Aws aws) {
        Map<String, String> metadata = new LinkedHashMap<>();
        aws.further()
                .forEach((key, value) ->
                        metadata.put(key, value instanceof String text ? JsonValues.quoted(text) : value.toString()));
        if (aws.tables().size() > 1) {
            StringBuilder list = new StringBuilder("[");
            for (String table : aws.tables()) {
                list.append(list.length() > 1 ? "," : "").append(JsonValues.quoted(table));
            }
            metadata.put("aws.dynamodb.table_names", list.append(']').toString());
        }
        return metadata;
    }
}
