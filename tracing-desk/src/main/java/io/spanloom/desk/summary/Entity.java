package io.spanloom.desk.summary;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.filter.Keyword;
import io.spanloom.desk.filter.ServiceElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A span in its trace. A segment is asked as a service's node, and then for its subsegments, too; so is the subsegment of
 * a call to somebody who sends no segment (a database, a service of AWS): that node is inferred.
 */
public final class Entity implements ServiceElement {
    /** What a call to a database is in X-Ray's graph where nothing says which database. */
    private static final String SQL_TYPE = "Database::SQL";

    private final TraceSpan span;
    private final @Nullable Entity parent;
    private final List<Entity> children = new ArrayList<>(0);

    /** The segment it belongs to: itself, or that of the nearest ancestor; itself also where there is none. */
    private final Entity segment;

    /** Of a segment: the spans that belong to it, itself first. */
    private final List<TraceSpan> members = new ArrayList<>(1);

    private boolean root;
    private boolean inferred;
    private String name = "";

    Entity(TraceSpan span, @Nullable Entity parent) {
        this.span = span;
        this.parent = parent;
        this.segment = parent == null || isSegment() ? this : parent.segment;
        segment.members.add(span);
        if (parent != null) {
            parent.children.add(this);
        }
    }

    public TraceSpan span() {
        return span;
    }

    @Nullable
    Entity parent() {
        return parent;
    }

    List<Entity> children() {
        return children;
    }

    Entity segment() {
        return segment;
    }

    List<TraceSpan> members() {
        return members;
    }

    void makeRoot() {
        root = true;
    }

    /** The trace was entered here. */
    public boolean root() {
        return root;
    }

    boolean isSegment() {
        return span.kind() == TraceSpan.Kind.SEGMENT;
    }

    /** Once all children are known. Filters ask very often for what is settled here. */
    void settle() {
        inferred = !isSegment() && span.namespace() != null && noSegmentBelow();
        String service = isSegment() || (segment == this && !inferred) ? span.service() : null;
        name = service == null ? span.name() : service;
    }

    private boolean noSegmentBelow() {
        for (Entity child : children) {
            if (child.isSegment()) {
                return false;
            }
        }
        return true;
    }

    /** A call to somebody from whom no segment came. */
    public boolean inferred() {
        return inferred;
    }

    /** Of a segment its service, else what the span is called. */
    public String name() {
        return name;
    }

    @Override
    public boolean hasName(String name) {
        return this.name.equals(name);
    }

    @Override
    public @Nullable String type() {
        if (isSegment()) {
            return text(span.details().get("origin"));
        }
        if ("aws".equals(span.namespace())) {
            return "AWS::" + span.name();
        }
        return span.details().containsKey("sql") ? SQL_TYPE : span.namespace();
    }

    @Override
    public @Nullable String account() {
        return text(object(span.details().get("aws")).get("account_id"));
    }

    @Override
    public boolean flag(Keyword keyword) {
        return switch (keyword) {
            case OK -> Http.ok(span);
            case ERROR -> span.error();
            case THROTTLE -> span.throttle();
            case FAULT -> span.fault();
            case PARTIAL -> partial();
            case INFERRED -> inferred();
            case ROOT -> root;
            default -> false;
        };
    }

    boolean partial() {
        for (TraceSpan member : asked()) {
            if (member.inProgress()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public double number(Keyword keyword) {
        return switch (keyword) {
            case RESPONSE_TIME -> responseTime();
            case DURATION -> Seconds.whole(asked());
            case HTTP_STATUS -> Http.status(span);
            default -> Double.NaN;
        };
    }

    /** Seconds until it answered; not a number while it is in progress. */
    public double responseTime() {
        return Seconds.of(span);
    }

    /** Epoch seconds. */
    public long startSecond() {
        return span.start().getEpochSecond();
    }

    @Override
    public boolean anyText(Keyword keyword, Predicate<String> test) {
        return switch (keyword) {
            case NAME -> test.test(name());
            case TYPE -> passes(type(), test);
            case HTTP_URL, HTTP_METHOD, HTTP_USER_AGENT, HTTP_CLIENT_IP -> passes(Http.text(span, keyword), test);
            default -> Texts.any(asked(), keyword, test);
        };
    }

    @Override
    public boolean anyAnnotation(String key, Predicate<Object> test) {
        return Texts.anyAnnotation(asked(), key, test);
    }

    /** A node that is inferred consists of the call alone. */
    private List<TraceSpan> asked() {
        return segment == this ? members : List.of(span);
    }

    static boolean passes(@Nullable String value, Predicate<String> test) {
        return value != null && test.test(value);
    }

    static @Nullable String text(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() ? text : null;
    }

    static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
