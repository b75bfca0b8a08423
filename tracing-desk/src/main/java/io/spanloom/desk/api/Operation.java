package io.spanloom.desk.api;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of the X-Ray API (service model of 2016-04-12), each with its path and how far the desk goes. */
public enum Operation {
    BATCH_GET_TRACES("BatchGetTraces", "/Traces", Support.REAL),
    CANCEL_TRACE_RETRIEVAL("CancelTraceRetrieval", "/CancelTraceRetrieval", Support.REFUSED),
    CREATE_GROUP("CreateGroup", "/CreateGroup", Support.REAL),
    CREATE_SAMPLING_RULE("CreateSamplingRule", "/CreateSamplingRule", Support.REAL),
    DELETE_GROUP("DeleteGroup", "/DeleteGroup", Support.REAL),
    DELETE_RESOURCE_POLICY("DeleteResourcePolicy", "/DeleteResourcePolicy", Support.REFUSED),
    DELETE_SAMPLING_RULE("DeleteSamplingRule", "/DeleteSamplingRule", Support.REAL),
    GET_ENCRYPTION_CONFIG("GetEncryptionConfig", "/EncryptionConfig", Support.REFUSED),
    GET_GROUP("GetGroup", "/GetGroup", Support.REAL),
    GET_GROUPS("GetGroups", "/Groups", Support.REAL),
    GET_INDEXING_RULES("GetIndexingRules", "/GetIndexingRules", Support.REFUSED),
    GET_INSIGHT("GetInsight", "/Insight", Support.REFUSED),
    GET_INSIGHT_EVENTS("GetInsightEvents", "/InsightEvents", Support.REFUSED),
    GET_INSIGHT_IMPACT_GRAPH("GetInsightImpactGraph", "/InsightImpactGraph", Support.REFUSED),
    GET_INSIGHT_SUMMARIES("GetInsightSummaries", "/InsightSummaries", Support.REFUSED),
    GET_RETRIEVED_TRACES_GRAPH("GetRetrievedTracesGraph", "/GetRetrievedTracesGraph", Support.REFUSED),
    GET_SAMPLING_RULES("GetSamplingRules", "/GetSamplingRules", Support.REAL),
    GET_SAMPLING_STATISTIC_SUMMARIES("GetSamplingStatisticSummaries", "/SamplingStatisticSummaries", Support.REAL),
    GET_SAMPLING_TARGETS("GetSamplingTargets", "/SamplingTargets", Support.REAL),
    GET_SERVICE_GRAPH("GetServiceGraph", "/ServiceGraph", Support.REAL),
    GET_TIME_SERIES_SERVICE_STATISTICS("GetTimeSeriesServiceStatistics", "/TimeSeriesServiceStatistics", Support.REAL),
    GET_TRACE_GRAPH("GetTraceGraph", "/TraceGraph", Support.REAL),
    GET_TRACE_SEGMENT_DESTINATION("GetTraceSegmentDestination", "/GetTraceSegmentDestination", Support.REFUSED),
    GET_TRACE_SUMMARIES("GetTraceSummaries", "/TraceSummaries", Support.REAL),
    LIST_RESOURCE_POLICIES("ListResourcePolicies", "/ListResourcePolicies", Support.REFUSED),
    LIST_RETRIEVED_TRACES("ListRetrievedTraces", "/ListRetrievedTraces", Support.REFUSED),
    LIST_TAGS_FOR_RESOURCE("ListTagsForResource", "/ListTagsForResource", Support.STORED),
    PUT_ENCRYPTION_CONFIG("PutEncryptionConfig", "/PutEncryptionConfig", Support.REFUSED),
    PUT_RESOURCE_POLICY("PutResourcePolicy", "/PutResourcePolicy", Support.REFUSED),
    PUT_TELEMETRY_RECORDS("PutTelemetryRecords", "/TelemetryRecords", Support.REAL),
    PUT_TRACE_SEGMENTS("PutTraceSegments", "/TraceSegments", Support.REAL),
    START_TRACE_RETRIEVAL("StartTraceRetrieval", "/StartTraceRetrieval", Support.REFUSED),
    TAG_RESOURCE("TagResource", "/TagResource", Support.STORED),
    UNTAG_RESOURCE("UntagResource", "/UntagResource", Support.STORED),
    UPDATE_GROUP("UpdateGroup", "/UpdateGroup", Support.REAL),
    UPDATE_INDEXING_RULE("UpdateIndexingRule", "/UpdateIndexingRule", Support.REFUSED),
    UPDATE_SAMPLING_RULE("UpdateSamplingRule", "/UpdateSamplingRule", Support.REAL),
    UPDATE_TRACE_SEGMENT_DESTINATION(
            "UpdateTraceSegmentDestination", "/UpdateTraceSegmentDestination", Support.REFUSED);

    private static final Map<String, Operation> BY_PATH = new HashMap<>();

    static {
        for (Operation operation : values()) {
            BY_PATH.put(operation.path, operation);
        }
    }

    private final String text;
    private final String path;
    private final Support support;

    Operation(String text, String path, Support support) {
        this.text = text;
        this.path = path;
        this.support = support;
    }

    static @Nullable Operation at(String path) {
        return BY_PATH.get(path);
    }

    /** Its name in the service's model. */
    public String text() {
        return text;
    }

    public String path() {
        return path;
    }

    public Support support() {
        return support;
    }

    /** How far the desk goes. */
    public enum Support {
        /** Does what the service does. */
        REAL,
        /** Keeps what it is given and gives it back; nothing follows from it. */
        STORED,
        /** Answers that it is not supported. */
        REFUSED
    }
}
