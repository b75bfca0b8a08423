package io.spanloom.desk.api;

import org.jspecify.annotations.Nullable;

/** {@code NextToken}: where the next page goes on. Traces that come meanwhile are in front of it and move nothing. */
final class Pages {
    private static final String PREFIX = "before-";

    private Pages() {}

    static String token(long sequence) {
        return PREFIX + sequence;
    }

    /** The sequence number before which to go on; the largest there is for the first page. */
    static long read(Request request) throws ApiException {
        @Nullable String token = request.text("NextToken");
        if (token == null || token.isEmpty()) {
            return Long.MAX_VALUE;
        }
        boolean ours =
                token.startsWith(PREFIX) && token.substring(PREFIX.length()).matches("[0-9]{1,18}");
        if (!ours) {
            throw request.invalid("NextToken", "is none that the desk has given");
        }
        return Long.parseLong(token.substring(PREFIX.length()));
    }
}
