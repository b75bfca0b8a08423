package io.spanloom.desk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that X-Ray keeps in blocks of their own: {@code user}, {@code aws}, {@code sql}, as {@code awsxrayexporter}
 * 0.156 fills them ({@code aws.go}, {@code sql.go}). It reads only the old database names, so does this; the stable ones
 * stay in metadata.
 */
final class OtlpDetails {
    private static final Set<String> SQL_SYSTEMS = Set.of(
            "db2",
            "derby",
            "hive",
            "mariadb",
            "mssql",
            "mysql",
            "oracle",
            "postgresql",
            "sqlite",
            "teradata",
            "other_sql");

    /** Attribute names, each followed by the field it fills; of two names for one field the first wins. */
    private static final List<Map.Entry<String, String>> AWS = List.of(
            Map.entry("aws.operation", "operation"),
            Map.entry("rpc.method", "operation"),
            Map.entry("aws.account_id", "account_id"),
            Map.entry("aws.region", "region"),
            Map.entry("aws.request_id", "request_id"),
            Map.entry("aws.requestId", "request_id"),
            Map.entry("aws.queue_url", "queue_url"),
            Map.entry("aws.queue.url", "queue_url"),
            Map.entry("aws.table_name", "table_name"),
            Map.entry("aws.table.name", "table_name"));

    private OtlpDetails() {}

    static void move(Map<String, @Nullable Object> attributes, SpanDraft draft, String spanName) {
        if (attributes.get("enduser.id") instanceof String user) {
            attributes.remove("enduser.id");
            draft.details.put("user", user);
        }
        if ("aws".equals(draft.namespace)) {
            moveAws(attributes, draft);
        }
        if (attributes.get("db.system") instanceof String system && SQL_SYSTEMS.contains(system)) {
            moveSql(attributes, draft, spanName, system);
        }
    }

    private static void moveAws(Map<String, @Nullable Object> attributes, SpanDraft draft) {
        Map<String, Object> aws = new LinkedHashMap<>();
        for (Map.Entry<String, String> rule : AWS) {
            Object value = attributes.remove(rule.getKey());
            if (value != null) {
                aws.putIfAbsent(rule.getValue(), value);
            }
        }
        if (!aws.isEmpty()) {
            draft.details.put("aws", aws);
        }
    }

    private static void moveSql(
            Map<String, @Nullable Object> attributes, SpanDraft draft, String spanName, String system) {
        attributes.remove("db.system");
        Map<String, Object> sql = new LinkedHashMap<>();
        String connection = JsonValues.asText(attributes.remove("db.connection_string"));
        String database = JsonValues.asText(attributes.remove("db.name"));
        sql.put("url", spanName);
        sql.put("connection_string", (connection.isEmpty() ? "localhost" : connection) + "/" + database);
        sql.put("database_type", system);
        put(sql, "user", JsonValues.asText(attributes.remove("db.user")));
        put(sql, "sanitized_query", JsonValues.asText(attributes.remove("db.statement")));
        draft.details.put("sql", sql);
    }

    private static void put(Map<String, Object> block, String key, String value) {
        if (!value.isEmpty()) {
            block.put(key, value);
        }
    }
}
