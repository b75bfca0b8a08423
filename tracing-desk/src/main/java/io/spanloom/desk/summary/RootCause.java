package io.spanloom.desk.summary;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.filter.Cause;
import io.spanloom.desk.filter.Element;
import io.spanloom.desk.filter.Keyword;
import io.spanloom.desk.filter.TraceElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One way from the entry down to where a trace went wrong or took long. Immutable. */
public final class RootCause implements TraceElement.RootCauseElement {
    private final Cause cause;
    private final List<Service> services;
    private final boolean clientImpacting;

    RootCause(Cause cause, List<Service> services, boolean clientImpacting) {
        this.cause = cause;
        this.services = List.copyOf(services);
        this.clientImpacting = clientImpacting;
    }

    @Override
    public List<Service> services() {
        return services;
    }

    @Override
    public List<Step> entities() {
        List<Step> steps = new ArrayList<>();
        services.forEach(service -> steps.addAll(service.path));
        return steps;
    }

    @Override
    public List<Thrown> exceptions() {
        List<Thrown> exceptions = new ArrayList<>();
        entities().forEach(step -> exceptions.addAll(step.exceptions));
        return exceptions;
    }

    /** In the shape of {@code FaultRootCause}, {@code ErrorRootCause} or {@code ResponseTimeRootCause}. */
    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "Services",
                services.stream().map(service -> service.json(cause)).toList());
        json.put("ClientImpacting", clientImpacting);
        return json;
    }

    /** A service on the way. */
    public record Service(
            String name, @Nullable String type, @Nullable String account, boolean inferred, List<Step> path)
            implements Element {
        @Override
        public boolean flag(Keyword keyword) {
            return keyword == Keyword.INFERRED && inferred;
        }

        @Override
        public double number(Keyword keyword) {
            return Double.NaN;
        }

        @Override
        public boolean anyText(Keyword keyword, Predicate<String> test) {
            return Entity.passes(keyword == Keyword.NAME ? name : keyword == Keyword.TYPE ? type : null, test);
        }

        @Override
        public boolean anyAnnotation(String key, Predicate<Object> test) {
            return false;
        }

        private Map<String, Object> json(Cause cause) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("Name", name);
            json.put("Names", List.of(name));
            if (type != null) {
                json.put("Type", type);
            }
            if (account != null) {
                json.put("AccountId", account);
            }
            json.put("EntityPath", path.stream().map(step -> step.json(cause)).toList());
            json.put("Inferred", inferred);
            return json;
        }
    }

    /** A segment or subsegment on the way. */
    public record Step(String name, double coverage, boolean remote, List<Thrown> exceptions) implements Element {
        @Override
        public boolean flag(Keyword keyword) {
            return keyword == Keyword.REMOTE && remote;
        }

        @Override
        public double number(Keyword keyword) {
            return keyword == Keyword.COVERAGE ? coverage : Double.NaN;
        }

        @Override
        public boolean anyText(Keyword keyword, Predicate<String> test) {
            return keyword == Keyword.NAME && test.test(name);
        }

        @Override
        public boolean anyAnnotation(String key, Predicate<Object> test) {
            return false;
        }

        private Map<String, Object> json(Cause cause) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("Name", name);
            if (cause != Cause.RESPONSE_TIME) {
                json.put("Exceptions", exceptions.stream().map(Thrown::json).toList());
            } else if (!Double.isNaN(coverage)) {
                json.put("Coverage", coverage);
            }
            json.put("Remote", remote);
            return json;
        }
    }

    /** An exception on the way; its name is its type. */
    public record Thrown(TraceSpan.Thrown thrown) implements Element {
        @Override
        public boolean flag(Keyword keyword) {
            return false;
        }

        @Override
        public double number(Keyword keyword) {
            return Double.NaN;
        }

        @Override
        public boolean anyText(Keyword keyword, Predicate<String> test) {
            return test.test(keyword == Keyword.NAME ? thrown.type() : thrown.message());
        }

        @Override
        public boolean anyAnnotation(String key, Predicate<Object> test) {
            return false;
        }

        private Map<String, Object> json() {
            return Map.of("Name", thrown.type(), "Message", thrown.message());
        }
    }
}
