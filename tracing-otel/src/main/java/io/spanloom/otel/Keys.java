package io.spanloom.otel;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * The attributes we write: those that the collector's {@code awsxrayexporter} (0.159) turns into an X-Ray document, and
 * no others, because it puts every attribute that it does not know into the document's metadata.
 */
final class Keys {

    static final AttributeKey<List<String>> ANNOTATIONS = AttributeKey.stringArrayKey("aws.xray.annotations");
    static final String METADATA = "aws.xray.metadata.";

    /** As AWS's own sampler for OpenTelemetry names it; the exporter knows no place for it and makes it metadata. */
    static final AttributeKey<String> SAMPLING_RULE = AttributeKey.stringKey("aws.xray.sampling_rule");

    /** A request's service, where {@code tracing.naming} gives it: the exporter's name for its segment, and metadata. */
    static final AttributeKey<String> LOCAL_SERVICE = AttributeKey.stringKey("aws.local.service");

    static final AttributeKey<String> RPC_SYSTEM = AttributeKey.stringKey("rpc.system");
    /** The exporter's name for the document, and metadata. */
    static final AttributeKey<String> RPC_SERVICE = AttributeKey.stringKey("rpc.service");

    static final AttributeKey<String> RPC_METHOD = AttributeKey.stringKey("rpc.method");
    static final AttributeKey<String> AWS_REGION = AttributeKey.stringKey("aws.region");
    static final AttributeKey<String> AWS_REQUEST_ID = AttributeKey.stringKey("aws.request_id");
    static final AttributeKey<String> AWS_QUEUE_URL = AttributeKey.stringKey("aws.queue_url");
    static final AttributeKey<String> AWS_TABLE = AttributeKey.stringKey("aws.table_name");
    /** Read by the exporter, and left in metadata as well. */
    static final AttributeKey<List<String>> AWS_TABLES = AttributeKey.stringArrayKey("aws.dynamodb.table_names");

    static final AttributeKey<String> USER = AttributeKey.stringKey("enduser.id");

    static final AttributeKey<String> HTTP_METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<String> HTTP_URL = AttributeKey.stringKey("url.full");
    static final AttributeKey<String> HTTP_USER_AGENT = AttributeKey.stringKey("user_agent.original");
    static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");
    /** Alone it means: taken from X-Forwarded-For. */
    static final AttributeKey<String> CLIENT_ADDRESS = AttributeKey.stringKey("client.address");

    static final AttributeKey<String> PEER_ADDRESS = AttributeKey.stringKey("network.peer.address");

    static final String MESSAGE_EVENT = "message";
    static final AttributeKey<String> MESSAGE_TYPE = AttributeKey.stringKey("message.type");
    static final AttributeKey<Long> MESSAGE_BYTES = AttributeKey.longKey("messaging.message_payload_size_bytes");

    static final String EXCEPTION_EVENT = "exception";
    /** As the AWS SDK's instrumentation names it; the exporter makes it an exception of AWS calls. */
    static final String AWS_FAILURE_EVENT = "HTTP request failure";

    static final AttributeKey<String> EXCEPTION_TYPE = AttributeKey.stringKey("exception.type");
    static final AttributeKey<String> EXCEPTION_MESSAGE = AttributeKey.stringKey("exception.message");
    static final AttributeKey<String> EXCEPTION_STACK = AttributeKey.stringKey("exception.stacktrace");

    // The exporter reads the old names of databases only; the stable ones are an open pull request there.
    static final AttributeKey<String> DB_SYSTEM = AttributeKey.stringKey("db.system");
    static final AttributeKey<String> DB_NAME = AttributeKey.stringKey("db.name");
    static final AttributeKey<String> DB_SERVER = AttributeKey.stringKey("db.connection_string");
    static final AttributeKey<String> DB_USER = AttributeKey.stringKey("db.user");
    static final AttributeKey<String> DB_STATEMENT = AttributeKey.stringKey("db.statement");

    private Keys() {}
}
