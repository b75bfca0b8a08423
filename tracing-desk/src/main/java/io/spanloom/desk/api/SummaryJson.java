package io.spanloom.desk.api;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.filter.Cause;
import io.spanloom.desk.filter.Keyword;
import io.spanloom.desk.summary.Entity;
import io.spanloom.desk.summary.HeldTrace;
import io.spanloom.desk.summary.Http;
import io.spanloom.desk.summary.RootCause;
import io.spanloom.desk.summary.Texts;
import io.spanloom.desk.summary.TraceSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A trace in the shape of {@code TraceSummary}. */
final class SummaryJson {
    private final Traces traces;

    SummaryJson(Traces traces) {
        this.traces = traces;
    }

    Map<String, Object> of(HeldTrace held) {
        TraceSummary trace = held.summary();
        Entity entry = trace.entry();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Id", traces.xrayId(trace.traceId()));
        json.put("StartTime", trace.start());
        putNumber(json, "Duration", trace.duration());
        putNumber(json, "ResponseTime", entry.responseTime());
        json.put("HasFault", trace.flag(Keyword.FAULT));
        json.put("HasError", trace.flag(Keyword.ERROR));
        json.put("HasThrottle", trace.flag(Keyword.THROTTLE));
        json.put("IsPartial", trace.partial());
        json.put("Http", http(entry.span()));
        json.put("Annotations", annotations(trace));
        json.put("Users", users(trace));
        json.put("ServiceIds", distinct(trace.services()));
        json.put("ResourceARNs", details(trace, Keyword.RESOURCE_ARN, "ARN"));
        json.put("InstanceIds", details(trace, Keyword.INSTANCE_ID, "Id"));
        json.put("AvailabilityZones", details(trace, Keyword.AVAILABILITY_ZONE, "Name"));
        json.put("EntryPoint", serviceId(entry));
        json.put("FaultRootCauses", causes(trace, Cause.FAULT));
        json.put("ErrorRootCauses", causes(trace, Cause.ERROR));
        json.put("ResponseTimeRootCauses", causes(trace, Cause.RESPONSE_TIME));
        json.put("Revision", held.revision());
        return json;
    }

    private static void putNumber(Map<String, Object> json, String name, double value) {
        if (!Double.isNaN(value)) {
            json.put(name, value);
        }
    }

    private static Map<String, Object> http(TraceSpan span) {
        Map<String, Object> http = new LinkedHashMap<>();
        put(http, "HttpURL", Http.text(span, Keyword.HTTP_URL));
        double status = Http.status(span);
        put(http, "HttpStatus", Double.isNaN(status) ? null : (long) status);
        put(http, "HttpMethod", Http.text(span, Keyword.HTTP_METHOD));
        put(http, "UserAgent", Http.text(span, Keyword.HTTP_USER_AGENT));
        put(http, "ClientIp", Http.text(span, Keyword.HTTP_CLIENT_IP));
        return http;
    }

    private static Map<String, Object> annotations(TraceSummary trace) {
        Map<String, Map<Object, Set<Map<String, Object>>>> values = new TreeMap<>();
        for (TraceSpan span : trace.spans()) {
            span.annotations().forEach((key, value) -> services(values, key, value));
        }
        trace.forEachMember((service, span) -> {
            if (!span.annotations().isEmpty()) {
                Map<String, Object> id = serviceId(service);
                span.annotations()
                        .forEach((key, value) -> services(values, key, value).add(id));
            }
        });
        Map<String, Object> json = new LinkedHashMap<>();
        values.forEach((key, services) -> {
            List<Map<String, Object>> all = new ArrayList<>();
            services.forEach((value, ids) ->
                    all.add(Map.of("AnnotationValue", annotation(value), "ServiceIds", List.copyOf(ids))));
            json.put(key, all);
        });
        return json;
    }

    private static Set<Map<String, Object>> services(
            Map<String, Map<Object, Set<Map<String, Object>>>> values, String key, Object value) {
        return values.computeIfAbsent(key, k -> new LinkedHashMap<>())
                .computeIfAbsent(value, v -> new LinkedHashSet<>());
    }

    private static Map<String, Object> annotation(Object value) {
        String type =
                value instanceof Number ? "NumberValue" : value instanceof Boolean ? "BooleanValue" : "StringValue";
        boolean plain = value instanceof Number || value instanceof Boolean;
        return Map.of(type, plain ? value : value.toString());
    }

    private static List<Map<String, Object>> users(TraceSummary trace) {
        Map<String, Set<Map<String, Object>>> services = new LinkedHashMap<>();
        values(trace, Keyword.USER).forEach(user -> services.put(user, new LinkedHashSet<>()));
        trace.forEachMember((service, span) -> {
            String user = Texts.of(span, Keyword.USER);
            if (user != null) {
                services.computeIfAbsent(user, u -> new LinkedHashSet<>()).add(serviceId(service));
            }
        });
        List<Map<String, Object>> users = new ArrayList<>();
        services.forEach((user, ids) -> users.add(Map.of("UserName", user, "ServiceIds", List.copyOf(ids))));
        return users;
    }

    private static List<Map<String, Object>> details(TraceSummary trace, Keyword keyword, String name) {
        return values(trace, keyword).stream()
                .map(value -> Map.<String, Object>of(name, value))
                .toList();
    }

    private static Set<String> values(TraceSummary trace, Keyword keyword) {
        Set<String> values = new LinkedHashSet<>();
        for (TraceSpan span : trace.spans()) {
            String value = Texts.of(span, keyword);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static List<Map<String, Object>> distinct(List<Entity> services) {
        Set<Map<String, Object>> ids = new LinkedHashSet<>();
        services.forEach(service -> ids.add(serviceId(service)));
        return List.copyOf(ids);
    }

    private static Map<String, Object> serviceId(Entity service) {
        Map<String, Object> id = new LinkedHashMap<>();
        id.put("Name", service.name());
        id.put("Names", List.of(service.name()));
        put(id, "AccountId", service.account());
        put(id, "Type", service.type());
        return id;
    }

    private static List<Map<String, Object>> causes(TraceSummary trace, Cause cause) {
        return trace.rootCauses(cause).stream().map(RootCause::json).toList();
    }

    private static void put(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
