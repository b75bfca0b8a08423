package io.spanloom.xray;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Subsegment;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.spanloom.Aws;
import io.spanloom.Outcome;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.spi.Ids;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes spans as X-Ray segment documents, in the shape that the SDK gives them
 * (<a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html">AWS X-Ray segment
 * documents</a>). Without a provider it writes our own documents; with one, a span inside a document of the SDK.
 */
final class DocumentWriter {

    /** How much of a document is written. */
    enum Form {
        WHOLE,
        WITHOUT_CHILDREN,
        /** And without children. */
        WITHOUT_METADATA,
        /** And without children and metadata. */
        WITHOUT_STACKS,
        /** And without children, metadata, stacks, and all exceptions but the first. */
        WITHOUT_EXCEPTIONS;

        /** What it lacks of the span itself. */
        String lacks() {
            return switch (this) {
                case WHOLE, WITHOUT_CHILDREN -> "";
                case WITHOUT_METADATA -> "metadata";
                case WITHOUT_STACKS -> "metadata, stack frames";
                case WITHOUT_EXCEPTIONS -> "metadata, stack frames, exceptions";
            };
        }
    }

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;
    private final @Nullable SerializerProvider provider;

    /** The name of a span that was written without its metadata, or less. */
    private @Nullable String shed;

    DocumentWriter(JsonGenerator json, @Nullable SerializerProvider provider) {
        this.json = new WellFormedJson(json);
        this.provider = provider;
    }

    /** Writes a document of a span; the name of a span in it that lacks its metadata, or more, null where none does. */
    static @Nullable String write(XRaySpan span, Form form, long unfinishedAt, OutputStream target) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(target)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            DocumentWriter writer = new DocumentWriter(json, null);
            writer.document(span, form, unfinishedAt);
            return writer.shed;
        }
    }

    /** Writes one of our spans as a part of its parent's document; gives what {@link #write} gives. */
    static @Nullable String writeEmbedded(XRaySpan span, OutputStream target) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(target)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            DocumentWriter writer = new DocumentWriter(json, null);
            writer.embedded(span);
            return writer.shed;
        }
    }

    /** A document of a span as text; empty where it cannot be written. */
    static String text(Document document) {
        XRaySpan span = document.span();
        StringWriter text = new StringWriter();
        if (span != null) {
            try (JsonGenerator json = JSON.createGenerator(text)) {
                new DocumentWriter(json, null).document(span, Form.WHOLE, document.unfinishedAt());
            } catch (IOException broken) {
                return "";
            }
        }
        return text.toString();
    }

    /** The SDK's own document of an entity; null where the SDK cannot write it. */
    static @Nullable String text(Entity entity) {
        try {
            String text = entity instanceof Subsegment below ? below.streamSerialize() : entity.serialize();
            return text == null || text.isEmpty() ? null : text;
        } catch (RuntimeException | LinkageError | StackOverflowError broken) {
            return null;
        }
    }

    /** A subsegment of the SDK's as a part of its parent's document; null where the SDK cannot write it. */
    static @Nullable String embeddedText(Subsegment subsegment) {
        try {
            String text = subsegment.serialize();
            return text == null || text.isEmpty() ? null : text;
        } catch (RuntimeException | LinkageError | StackOverflowError broken) {
            return null; // as where the SDK catches it itself and gives nothing
        }
    }

    /** Writes what can be written of an entity that the SDK cannot write, or that is too big, without its children. */
    static void writeRemains(Entity entity, OutputStream target) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(target)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            DocumentWriter writer = new DocumentWriter(json, null);
            writer.json.writeStartObject();
            writer.json.writeStringField("trace_id", Ids.toXRay(SdkHandle.traceId(entity)));
            Entity parent = entity.getParent();
            if (parent != null && entity instanceof Subsegment) {
                writer.json.writeStringField("type", "subsegment");
                writer.json.writeStringField("parent_id", SdkHandle.spanId(parent));
            } else if (entity.getParentId() != null) {
                writer.json.writeStringField("parent_id", entity.getParentId());
            }
            new SdkRemains(writer.json).write(entity);
            writer.json.writeEndObject();
        }
    }

    /** Writes a span as a part of its parent's document. */
    void embedded(XRaySpan span) throws IOException {
        json.writeStartObject();
        body(span, Form.WHOLE, 0);
        json.writeEndObject();
    }

    private void document(XRaySpan span, Form form, long unfinishedAt) throws IOException {
        json.writeStartObject();
        json.writeStringField("trace_id", span.xrayTraceId());
        if (span instanceof SegmentSpan segment) {
            if (segment.parentId != 0) {
                json.writeStringField("parent_id", Ids.spanId(segment.parentId));
            }
        } else if (span.previous != null) {
            json.writeStringField("type", "subsegment");
            json.writeStringField("parent_id", SdkHandle.spanId(span.previous));
        }
        body(span, form, unfinishedAt);
        json.writeEndObject();
    }

    private void body(XRaySpan span, Form form, long unfinishedAt) throws IOException {
        Content content = span.peekContent();
        Form kept = content == null ? form : content.fitting(form, span);
        if (kept.compareTo(Form.WITHOUT_METADATA) >= 0) {
            shed = span.name();
        }
        Sql sql = content == null || span instanceof SegmentSpan ? null : content.sql();
        Aws aws = content == null || span instanceof SegmentSpan ? null : content.aws();
        String own = aws == null ? span.documentName() : aws.service();
        json.writeStringField("name", sql == null ? own : databaseName(sql, own));
        json.writeStringField("id", span.spanId());
        json.writeNumberField("start_time", span.start / 1e9);
        long end = unfinishedAt == 0 ? span.endNanos() : Math.max(unfinishedAt, span.start);
        json.writeNumberField("end_time", end / 1e9);
        SdkContent sdk = content == null ? null : content.peekSdk();
        flags(span.outcome(), sdk);
        String namespace = sdk != null && sdk.namespace != null ? sdk.namespace : namespace(span.description());
        if (namespace != null) {
            json.writeStringField("namespace", namespace);
        }
        new ContentWriter(json).write(span, content, kept);
        if (span instanceof SegmentSpan) {
            segment(span, content, sdk);
        } else {
            AwsBlock.write(json, aws, sdk);
        }
        metadata(span, content, kept, unfinishedAt);
        if (form == Form.WHOLE && unfinishedAt == 0) {
            children(span);
        }
    }

    /** X-Ray's two, where the collector's exporter gives them: it tells calls, and of all others only those of AWS. */
    private static @Nullable String namespace(SpanSpec spec) {
        String given = spec.namespace();
        return given == null || given.equals("aws") ? given : isCall(spec) ? "remote" : null;
    }

    /** Whether the span stands for a call, so that its exceptions are those of the service called. */
    static boolean isCall(SpanSpec spec) {
        return spec.kind().leavesService() || spec.kind() == SpanKind.INTERNAL && spec.namespace() != null;
    }

    private void flags(Outcome outcome, @Nullable SdkContent sdk) throws IOException {
        if (outcome == Outcome.FAULT || sdk != null && sdk.fault) {
            json.writeBooleanField("fault", true);
        }
        if (outcome == Outcome.ERROR || outcome == Outcome.THROTTLE || sdk != null && sdk.error) {
            json.writeBooleanField("error", true);
        }
        if (outcome == Outcome.THROTTLE || sdk != null && sdk.throttle) {
            json.writeBooleanField("throttle", true);
        }
    }

    /** What the recorder writes on each segment: where it runs, as its plugins found, and the SDK's version. */
    private void segment(XRaySpan span, @Nullable Content content, @Nullable SdkContent sdk) throws IOException {
        AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
        String user = content == null ? null : content.user();
        if (user != null) {
            json.writeStringField("user", user);
        }
        Whereabouts.Known place = span.backend.whereabouts.known();
        String origin = sdk != null && sdk.origin != null ? sdk.origin : recorder.getOrigin();
        origin = origin == null ? place.origin() : origin;
        if (origin != null) {
            json.writeStringField("origin", origin);
        }
        if (sdk != null && sdk.resourceArn != null) {
            json.writeStringField("resource_arn", sdk.resourceArn);
        }
        Map<String, Object> aws = new LinkedHashMap<>(place.aws());
        aws.putAll(recorder.getAwsRuntimeContext());
        Map<String, Object> service = new LinkedHashMap<>(recorder.getServiceRuntimeContext());
        if (sdk != null) {
            aws.putAll(sdk.aws);
            service.putAll(sdk.service);
            if (sdk.ruleName != null && aws.get("xray") instanceof Map<?, ?> about) {
                Map<Object, Object> withRule = new LinkedHashMap<>(about);
                withRule.put("rule_name", sdk.ruleName);
                aws.put("xray", withRule);
            }
        }
        json.writeFieldName("aws");
        JsonValues.write(json, aws);
        json.writeFieldName("service");
        JsonValues.write(json, service);
    }

    private void metadata(XRaySpan span, @Nullable Content content, Form form, long unfinishedAt) throws IOException {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        Object[] triples = content == null ? new Object[0] : content.metadata();
        boolean shed = form.compareTo(Form.WITHOUT_METADATA) >= 0;
        for (int i = 0; i < triples.length && !shed; i += 3) {
            all.computeIfAbsent((String) triples[i], n -> new LinkedHashMap<>())
                    .put((String) triples[i + 1], (String) triples[i + 2]);
        }
        Aws aws = content == null || span instanceof SegmentSpan ? null : content.aws();
        Map<String, String> beside = aws == null ? Map.of() : AwsBlock.beside(aws);
        if (!beside.isEmpty()) {
            all.computeIfAbsent("default", n -> new LinkedHashMap<>()).putAll(beside);
        }
        Map<String, String> ours = new LinkedHashMap<>();
        if (span instanceof SegmentSpan segment) {
            if (segment.isRequest()) {
                ours.put("operation", JsonValues.quoted(segment.name()));
            } else if (segment.parentId == 0) {
                ours.put("service", JsonValues.quoted(segment.backend.service));
            }
        }
        int leftOut = content == null ? 0 : content.leftOut();
        if (leftOut > 0) {
            ours.put("left_out", Integer.toString(leftOut));
        }
        if (unfinishedAt != 0) {
            ours.put("unfinished", "true");
        }
        if (shed) {
            ours.put("shed", JsonValues.quoted(form.lacks()));
        }
        if (!ours.isEmpty()) {
            all.computeIfAbsent("spanloom", n -> new LinkedHashMap<>()).putAll(ours);
        }
        if (all.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, Map<String, String>> namespace : all.entrySet()) {
            json.writeObjectFieldStart(namespace.getKey());
            for (Map.Entry<String, String> value : namespace.getValue().entrySet()) {
                json.writeFieldName(value.getKey());
                json.writeRawValue(value.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void children(XRaySpan span) throws IOException {
        List<Object> children = span.childrenInOrder();
        boolean any = false;
        for (Object node : children) {
            boolean ours = node instanceof SubsegmentSpan child && child.embedOrLeave();
            boolean theirs = node instanceof SdkChild child && isWritten(span, child);
            if (!ours && !theirs) {
                continue;
            }
            if (!any) {
                json.writeArrayFieldStart("subsegments");
                any = true;
            }
            if (node instanceof SubsegmentSpan child) {
                embedded(child);
            } else if (node instanceof SdkChild child) {
                ofSdk(child.subsegment);
            }
        }
        if (any) {
            json.writeEndArray();
        }
    }

    private static boolean isWritten(XRaySpan parent, SdkChild child) {
        return child.embedded || !child.taken && !(parent.segment() instanceof SegmentEntity);
    }

    private void ofSdk(Subsegment subsegment) throws IOException {
        if (provider != null) {
            provider.defaultSerializeValue(subsegment, json);
            return;
        }
        String text = embeddedText(subsegment);
        if (text != null) {
            json.writeRawValue(text);
            return;
        }
        json.writeStartObject();
        new SdkRemains(json).write(subsegment);
        boolean any = false;
        for (Subsegment child : SdkTree.children(subsegment)) {
            if (child == null || child instanceof SubsegmentSpan ours && !ours.embedOrLeave()) {
                continue;
            }
            if (!any) {
                json.writeArrayFieldStart("subsegments");
                any = true;
            }
            if (child instanceof SubsegmentSpan ours) {
                embedded(ours);
            } else {
                ofSdk(child);
            }
        }
        if (any) {
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** A call to a database is named after it, {@code database@host}, by X-Ray's SDKs and the collector's exporter. */
    private static String databaseName(Sql sql, String otherwise) {
        String host = sql.host();
        return sql.database().isEmpty() ? otherwise : sql.database() + (host == null ? "" : "@" + host);
    }

    /**
     * Null where no host is known. Not the span's name, which the collector's exporter writes there: its receiver refuses a
     * document with a URL that is none (RATIONALE.md). The span's name is metadata, as the exporter's too.
     */
    static @Nullable String databaseUrl(Sql sql) {
        return sql.host() == null ? null : connectionString(sql);
    }

    /** As the collector's X-Ray exporter makes it, so that both ways to X-Ray agree. */
    static String connectionString(Sql sql) {
        String server = sql.server();
        return (server == null ? "localhost" : server) + "/" + sql.database();
    }
}
