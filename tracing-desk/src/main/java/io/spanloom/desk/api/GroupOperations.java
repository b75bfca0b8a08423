package io.spanloom.desk.api;

import io.spanloom.desk.filter.Filter;
import io.spanloom.desk.filter.FilterException;
import io.spanloom.desk.filter.Groups;
import io.spanloom.desk.filter.TraceElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Groups: names for filter expressions. */
final class GroupOperations implements Groups {
    private static final String DEFAULT = "Default";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,32}");

    /** A desk's memory is bounded; the service allows 25 in an account unless asked for more. */
    private static final int MAX = 1_000;

    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Tags tags;

    GroupOperations(Tags tags) {
        this.tags = tags;
        groups.put(DEFAULT, new Group(DEFAULT, parseBlank(), false, false));
    }

    private static Filter parseBlank() {
        try {
            return Filter.parse("");
        } catch (FilterException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized Map<String, ?> create(Request request) throws ApiException {
        String name = request.requiredText("GroupName", 1, 32);
        if (!NAME.matcher(name).matches()) {
            throw request.invalid("GroupName", "may hold letters, digits and dashes only: \"" + name + "\"");
        }
        if (groups.containsKey(name)) {
            throw ApiException.invalid("group " + name + " exists already");
        }
        if (groups.size() > MAX) {
            throw ApiException.invalid("there are " + MAX + " groups; a desk keeps no more");
        }
        Map<String, String> given = Tags.read(request);
        Group group = changed(new Group(name, parseBlank(), false, false), request);
        groups.put(name, group);
        tags.created(group.arn(), given);
        return Map.of("Group", group.json());
    }

    synchronized Map<String, ?> update(Request request) throws ApiException {
        Group group = named(request);
        if (group.name.equals(DEFAULT) && request.has("FilterExpression")) {
            throw ApiException.invalid("the group Default has no filter expression");
        }
        Group changed = changed(group, request);
        groups.put(group.name, changed);
        return Map.of("Group", changed.json());
    }

    private Group changed(Group group, Request request) throws ApiException {
        Filter filter = group.filter;
        String expression = request.text("FilterExpression");
        if (expression != null) {
            filter = parse(expression);
            bind(filter);
        }
        Request insights = request.object("InsightsConfiguration");
        boolean enabled = insights == null ? group.insights : insights.flag("InsightsEnabled", group.insights);
        boolean notify = insights == null ? group.notified : insights.flag("NotificationsEnabled", group.notified);
        return new Group(group.name, filter, enabled, notify);
    }

    synchronized Map<String, ?> get(Request request) throws ApiException {
        return Map.of("Group", named(request).json());
    }

    synchronized Map<String, ?> list(Request request) {
        List<Map<String, Object>> all = new ArrayList<>();
        groups.values().forEach(group -> all.add(group.json()));
        return Map.of("Groups", all);
    }

    synchronized Map<String, ?> delete(Request request) throws ApiException {
        Group group = named(request);
        if (group.name.equals(DEFAULT)) {
            throw ApiException.invalid("the group Default cannot be deleted");
        }
        groups.remove(group.name);
        tags.deleted(group.arn());
        return Map.of();
    }

    private Group named(Request request) throws ApiException {
        String name = request.text("GroupName", 1, 32);
        String arn = request.text("GroupARN", 1, 400);
        if (name == null && arn == null) {
            throw ApiException.invalid("GroupName or GroupARN is missing");
        }
        Group group = name != null ? groups.get(name) : byArn(String.valueOf(arn));
        if (group == null || (arn != null && !group.arn().equals(arn))) {
            throw ApiException.invalid("there is no group " + (name != null ? name : arn));
        }
        return group;
    }

    private @Nullable Group byArn(String arn) {
        for (Group group : groups.values()) {
            if (group.arn().equals(arn)) {
                return group;
            }
        }
        return null;
    }

    @Override
    public synchronized @Nullable Filter find(boolean byArn, String value) {
        Group group = byArn ? byArn(value) : groups.get(value);
        return group == null ? null : group.filter;
    }

    /** What {@code FilterExpression} of a request asks of traces. */
    Predicate<TraceElement> filter(Request request) throws ApiException {
        String expression = request.text("FilterExpression");
        return bind(parse(expression == null ? "" : expression));
    }

    /** What {@code GroupName} or {@code GroupARN} of a request asks of traces; all pass where neither is given. */
    Predicate<TraceElement> group(Request request) throws ApiException {
        Filter filter;
        synchronized (this) {
            boolean given = request.has("GroupName") || request.has("GroupARN");
            filter = given ? named(request).filter : parse("");
        }
        return bind(filter);
    }

    private static Filter parse(String expression) throws ApiException {
        try {
            return Filter.parse(expression);
        } catch (FilterException e) {
            throw ApiException.invalid("FilterExpression: " + e.getMessage());
        }
    }

    private Predicate<TraceElement> bind(Filter filter) throws ApiException {
        try {
            return filter.bind(this);
        } catch (FilterException e) {
            throw ApiException.invalid("FilterExpression: " + e.getMessage());
        }
    }

    private record Group(String name, Filter filter, boolean insights, boolean notified) {
        String arn() {
            return Arns.group(name);
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("GroupName", name);
            json.put("GroupARN", arn());
            if (!filter.text().isEmpty()) {
                json.put("FilterExpression", filter.text());
            }
            json.put("InsightsConfiguration", Map.of("InsightsEnabled", insights, "NotificationsEnabled", notified));
            return json;
        }
    }
}
