package io.spanloom.desk.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's body, field by field, checked as it is read. Fields that nobody asks for are passed over, as in the service. */
final class Request {
    /** The year 5138: a larger number is not meant as epoch seconds. */
    private static final double MAX_EPOCH_SECONDS = 1e11;

    private final Map<String, @Nullable Object> fields;
    private final String path;

    Request(Map<String, @Nullable Object> fields) {
        this(fields, "");
    }

    private Request(Map<String, @Nullable Object> fields, String path) {
        this.fields = fields;
        this.path = path;
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    ApiException invalid(String name, String problem) {
        return ApiException.invalid(path + name + " " + problem);
    }

    @Nullable
    String text(String name) throws ApiException {
        Object value = fields.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw invalid(name, "is not a string");
    }

    String requiredText(String name, int minimum, int maximum) throws ApiException {
        String text = text(name);
        if (text == null) {
            throw invalid(name, "is missing");
        }
        return checkLength(name, text, minimum, maximum);
    }

    @Nullable
    String text(String name, int minimum, int maximum) throws ApiException {
        String text = text(name);
        return text == null ? null : checkLength(name, text, minimum, maximum);
    }

    private String checkLength(String name, String text, int minimum, int maximum) throws ApiException {
        if (text.length() < minimum || text.length() > maximum) {
            throw invalid(name, "has " + text.length() + " characters; allowed are " + minimum + " to " + maximum);
        }
        return text;
    }

    @Nullable
    Double number(String name, double minimum, double maximum) throws ApiException {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
        if (!(number >= minimum && number <= maximum)) {
            throw invalid(name, "is not a number from " + plain(minimum) + " to " + plain(maximum));
        }
        return number;
    }

    double requiredNumber(String name, double minimum, double maximum) throws ApiException {
        Double number = number(name, minimum, maximum);
        if (number == null) {
            throw invalid(name, "is missing");
        }
        return number;
    }

    @Nullable
    Integer whole(String name, int minimum, int maximum) throws ApiException {
        Double number = number(name, minimum, maximum);
        if (number != null && number != Math.rint(number)) {
            throw invalid(name, "is not a whole number");
        }
        return number == null ? null : number.intValue();
    }

    int requiredWhole(String name, int minimum, int maximum) throws ApiException {
        Integer number = whole(name, minimum, maximum);
        if (number == null) {
            throw invalid(name, "is missing");
        }
        return number;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    /** Epoch seconds. */
    double requiredTime(String name) throws ApiException {
        return requiredNumber(name, 0, MAX_EPOCH_SECONDS);
    }

    boolean flag(String name, boolean otherwise) throws ApiException {
        Object value = fields.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw invalid(name, "is neither true nor false");
    }

    @Nullable
    Request object(String name) throws ApiException {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            return new Request(asFields(map), path + name + ".");
        }
        throw invalid(name, "is not an object");
    }

    Request requiredObject(String name) throws ApiException {
        Request object = object(name);
        if (object == null) {
            throw invalid(name, "is missing");
        }
        return object;
    }

    List<Request> objects(String name, int maximum) throws ApiException {
        List<Request> objects = new ArrayList<>();
        List<?> items = list(name, maximum);
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof Map<?, ?> map)) {
                throw invalid(name + "[" + i + "]", "is not an object");
            }
            objects.add(new Request(asFields(map), path + name + "[" + i + "]."));
        }
        return objects;
    }

    List<String> texts(String name, int maximum) throws ApiException {
        List<String> texts = new ArrayList<>();
        for (Object item : list(name, maximum)) {
            if (!(item instanceof String text)) {
                throw invalid(name, "holds something that is not a string");
            }
            texts.add(text);
        }
        return texts;
    }

    List<String> requiredTexts(String name, int maximum) throws ApiException {
        if (!has(name)) {
            throw invalid(name, "is missing");
        }
        return texts(name, maximum);
    }

    private List<?> list(String name, int maximum) throws ApiException {
        Object value = fields.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            throw invalid(name, "is not a list");
        }
        if (items.size() > maximum) {
            throw invalid(name, "has " + items.size() + " entries; allowed are " + maximum);
        }
        return items;
    }

    @SuppressWarnings("unchecked") // JSON has no other keys
    private static Map<String, @Nullable Object> asFields(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }
}
