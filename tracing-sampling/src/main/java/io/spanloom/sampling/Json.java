package io.spanloom.sampling;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes the little JSON that is sent. */
final class Json {

    private Json() {}

    static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
