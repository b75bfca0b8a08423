package io.spanloom.desk.filter;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The simple keywords of filter expressions (X-Ray developer guide, "Using filter expressions"), each with its type and the
 * places where it has a meaning. What each means is said where it is answered: {@link Element}.
 */
public enum Keyword {
    OK("ok", Type.FLAG, Places.REQUEST),
    ERROR("error", Type.FLAG, Places.REQUEST),
    THROTTLE("throttle", Type.FLAG, Places.REQUEST),
    FAULT("fault", Type.FLAG, Places.REQUEST),
    PARTIAL("partial", Type.FLAG, Places.SEGMENT),
    INFERRED("inferred", Type.FLAG, EnumSet.of(Place.TRACE, Place.SERVICE, Place.CAUSE_SERVICE)),
    FIRST("first", Type.FLAG, Places.CAUSE),
    LAST("last", Type.FLAG, Places.CAUSE),
    REMOTE("remote", Type.FLAG, EnumSet.of(Place.CAUSE_ENTITY, Place.SLOW_ENTITY)),
    ROOT("root", Type.FLAG, EnumSet.of(Place.SERVICE)),

    RESPONSE_TIME("responsetime", Type.NUMBER, Places.REQUEST),
    DURATION("duration", Type.NUMBER, Places.REQUEST),
    HTTP_STATUS("http.status", Type.NUMBER, Places.REQUEST),
    INDEX("index", Type.NUMBER, Places.CAUSE),
    COVERAGE("coverage", Type.NUMBER, EnumSet.of(Place.SLOW_ENTITY)),

    HTTP_URL("http.url", Type.TEXT, Places.REQUEST),
    HTTP_METHOD("http.method", Type.TEXT, Places.REQUEST),
    HTTP_USER_AGENT("http.useragent", Type.TEXT, Places.REQUEST),
    HTTP_CLIENT_IP("http.clientip", Type.TEXT, Places.REQUEST),
    USER("user", Type.TEXT, Places.SEGMENT),
    NAME("name", Type.TEXT, Places.NAMED),
    TYPE("type", Type.TEXT, EnumSet.of(Place.TRACE, Place.SERVICE, Place.CAUSE_SERVICE)),
    MESSAGE("message", Type.TEXT, Places.THROWING),
    AVAILABILITY_ZONE("availabilityzone", Type.TEXT, Places.SEGMENT),
    INSTANCE_ID("instance.id", Type.TEXT, Places.SEGMENT),
    RESOURCE_ARN("resource.arn", Type.TEXT, Places.SEGMENT);

    private static final Map<String, Keyword> BY_TEXT = new HashMap<>();

    static {
        for (Keyword keyword : values()) {
            BY_TEXT.put(keyword.text, keyword);
        }
    }

    private final String text;
    private final Type type;
    private final Set<Place> places;

    Keyword(String text, Type type, Set<Place> places) {
        this.text = text;
        this.type = type;
        this.places = places;
    }

    /** The keyword of this spelling, in whatever case; null if there is none. */
    static @Nullable Keyword of(String text) {
        return BY_TEXT.get(text.toLowerCase(Locale.ROOT));
    }

    /** As it is written in an expression. */
    public String text() {
        return text;
    }

    Type type() {
        return type;
    }

    boolean allowedAt(Place place) {
        return places.contains(place);
    }

    /** For messages: all places where it may stand. */
    String allowedPlaces() {
        return places.stream().map(Place::text).collect(Collectors.joining(", "));
    }

    enum Type {
        FLAG,
        NUMBER,
        TEXT
    }

    private static final class Places {
        static final Set<Place> REQUEST = EnumSet.of(Place.TRACE, Place.SERVICE, Place.EDGE);
        static final Set<Place> SEGMENT = EnumSet.of(Place.TRACE, Place.SERVICE);
        static final Set<Place> CAUSE =
                EnumSet.of(Place.CAUSE_SERVICE, Place.CAUSE_ENTITY, Place.SLOW_ENTITY, Place.CAUSE_EXCEPTION);
        static final Set<Place> NAMED = EnumSet.complementOf(EnumSet.of(Place.EDGE));
        static final Set<Place> THROWING = EnumSet.of(Place.TRACE, Place.SERVICE, Place.EDGE, Place.CAUSE_EXCEPTION);
    }
}
