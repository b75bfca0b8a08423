package io.spanloom.desk.api;

import io.spanloom.desk.filter.Filter;
import io.spanloom.desk.filter.FilterException;
import io.spanloom.desk.filter.TraceElement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The X-Ray API of a desk.
 *
 * <pre>{@code Map<String, ?> answer = api.handle("/GetGroup", Map.of("GroupName", "Cruddur"));}</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class XRayApi {
    private final Map<Operation, Handler> handlers = new EnumMap<>(Operation.class);
    private final GroupOperations groups;

    /** @param millis the calendar's clock, epoch milliseconds */
    public XRayApi(Traces traces, LongSupplier millis) {
        Tags tags = new Tags();
        groups = new GroupOperations(tags);
        SamplingRules rules = new SamplingRules(tags, millis);
        SamplingTargets targets = new SamplingTargets(rules, millis);
        Segments segments = new Segments(traces);
        Graphs graphs = new Graphs(traces, groups);
        handlers.put(Operation.PUT_TRACE_SEGMENTS, segments::put);
        handlers.put(Operation.PUT_TELEMETRY_RECORDS, segments::putTelemetry);
        handlers.put(Operation.BATCH_GET_TRACES, segments::batchGet);
        handlers.put(Operation.GET_TRACE_SUMMARIES, new Summaries(traces, groups, millis)::get);
        handlers.put(Operation.GET_TRACE_GRAPH, graphs::ofTraces);
        handlers.put(Operation.GET_SERVICE_GRAPH, graphs::ofServices);
        handlers.put(Operation.GET_TIME_SERIES_SERVICE_STATISTICS, new TimeSeries(traces, groups)::get);
        handlers.put(Operation.CREATE_GROUP, groups::create);
        handlers.put(Operation.UPDATE_GROUP, groups::update);
        handlers.put(Operation.GET_GROUP, groups::get);
        handlers.put(Operation.GET_GROUPS, groups::list);
        handlers.put(Operation.DELETE_GROUP, groups::delete);
        handlers.put(Operation.CREATE_SAMPLING_RULE, rules::create);
        handlers.put(Operation.UPDATE_SAMPLING_RULE, rules::update);
        handlers.put(Operation.DELETE_SAMPLING_RULE, rules::delete);
        handlers.put(Operation.GET_SAMPLING_RULES, rules::list);
        handlers.put(Operation.GET_SAMPLING_TARGETS, targets::get);
        handlers.put(Operation.GET_SAMPLING_STATISTIC_SUMMARIES, targets::statistics);
        handlers.put(Operation.LIST_TAGS_FOR_RESOURCE, tags::list);
        handlers.put(Operation.TAG_RESOURCE, tags::tag);
        handlers.put(Operation.UNTAG_RESOURCE, tags::untag);
    }

    /**
     * What a filter expression and a group ask of traces; null asks nothing.
     *
     * @throws ApiException if the expression means nothing, or there is no such group
     */
    public Predicate<TraceElement> filter(@Nullable String expression, @Nullable String group) throws ApiException {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("FilterExpression", expression);
        fields.put("GroupName", group);
        Request request = new Request(fields);
        return groups.filter(request).and(groups.group(request));
    }

    /** The name of the operation at this path; null if there is none. */
    public static @Nullable String operation(String path) {
        Operation operation = Operation.at(path);
        return operation == null ? null : operation.text();
    }

    /** @throws ApiException if the answer is an error */
    public Map<String, ?> handle(String path, Map<String, @Nullable Object> body) throws ApiException {
        Operation operation = Operation.at(path);
        if (operation == null) {
            throw ApiException.unknownOperation(path);
        }
        Handler handler = handlers.get(operation);
        if (handler == null) {
            throw ApiException.invalid(operation.text() + " is not supported by the trace desk");
        }
        return handler.handle(new Request(body));
    }

    /** What an expression asks of traces; it may name the groups that there are now. */
    public Predicate<TraceElement> filter(String expression) throws FilterException {
        return Filter.parse(expression).bind(groups);
    }

    private interface Handler {
        Map<String, ?> handle(Request request) throws ApiException;
    }
}
