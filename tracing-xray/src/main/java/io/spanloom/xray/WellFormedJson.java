package io.spanloom.xray;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;

/**
 * Writes texts as they are, but for halves of surrogate pairs, which become {@code ?}, as in what OpenTelemetry's exporter
 * sends. Within what the SDK wrote Jackson would refuse them, and with them the whole document.
 */
final class WellFormedJson extends JsonGeneratorDelegate {

    WellFormedJson(JsonGenerator json) {
        super(json, false);
    }

    @Override
    public void writeFieldName(String name) throws IOException {
        super.writeFieldName(wellFormed(name));
    }

    @Override
    public void writeString(String text) throws IOException {
        super.writeString(wellFormed(text));
    }

    @Override
    public void writeRawValue(String json) throws IOException {
        super.writeRawValue(wellFormed(json));
    }

    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaced(text, i);
            }
        }
        return text;
    }

    private static String replaced(String text, int from) {
        StringBuilder result = new StringBuilder(text);
        for (int i = from; i < result.length(); i++) {
            char c = result.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < result.length()
                    && Character.isLowSurrogate(result.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                result.setCharAt(i, '?');
            }
        }
        return result.toString();
    }
}
