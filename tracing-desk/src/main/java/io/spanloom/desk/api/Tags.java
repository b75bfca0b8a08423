package io.spanloom.desk.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tags of groups and sampling rules, by ARN. Nothing follows from them. */
final class Tags {
    /** The service's limit for user tags of one resource (botocore's model names it at TagResource). */
    private static final int MAX = 50;

    private static final int MAX_IN_REQUEST = 200;

    private final Map<String, Map<String, String>> byArn = new LinkedHashMap<>();

    /** What {@code Tags} of a request that creates something says. */
    static Map<String, String> read(Request request) throws ApiException {
        Map<String, String> tags = new TreeMap<>();
        for (Request tag : request.objects("Tags", MAX_IN_REQUEST)) {
            tags.put(tag.requiredText("Key", 1, 128), tag.requiredText("Value", 0, 256));
        }
        check(tags);
        return tags;
    }

    private static void check(Map<String, String> tags) throws ApiException {
        if (tags.size() > MAX) {
            throw ApiException.tooManyTags("a resource has at most " + MAX + " tags; these would be " + tags.size());
        }
    }

    synchronized void created(String arn, Map<String, String> tags) {
        byArn.put(arn, new TreeMap<>(tags));
    }

    synchronized void deleted(String arn) {
        byArn.remove(arn);
    }

    synchronized Map<String, ?> list(Request request) throws ApiException {
        List<Map<String, String>> tags = of(request).entrySet().stream()
                .map(tag -> Map.of("Key", tag.getKey(), "Value", tag.getValue()))
                .toList();
        return Map.of("Tags", tags);
    }

    synchronized Map<String, ?> tag(Request request) throws ApiException {
        Map<String, String> known = of(request);
        Map<String, String> all = new TreeMap<>(known);
        all.putAll(read(request));
        check(all);
        known.putAll(all);
        return Map.of();
    }

    synchronized Map<String, ?> untag(Request request) throws ApiException {
        Map<String, String> known = of(request);
        request.requiredTexts("TagKeys", MAX_IN_REQUEST).forEach(known::remove);
        return Map.of();
    }

    private Map<String, String> of(Request request) throws ApiException {
        String arn = request.requiredText("ResourceARN", 1, 1011);
        Map<String, String> tags = byArn.get(arn);
        if (tags == null) {
            throw ApiException.notFound("there is no group or sampling rule " + arn);
        }
        return tags;
    }
}
