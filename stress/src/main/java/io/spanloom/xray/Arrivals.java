package io.spanloom.xray;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A daemon that counts the spans of each trace that came to it as they ended; what was sent as unfinished is replaced by such. */
final class Arrivals implements DatagramSink {

    private static final String TRACE = "\"trace_id\":\"";

    private final Map<String, Integer> finished = new ConcurrentHashMap<>();

    @Override
    public @Nullable DropReason send(ByteBuffer datagram) {
        String text = StandardCharsets.UTF_8.decode(datagram).toString();
        int at = text.indexOf(TRACE) + TRACE.length();
        if (!text.contains("\"unfinished\"")) {
            finished.merge(text.substring(at, at + 35), count(text, "\"start_time\""), Integer::sum);
        }
        return null;
    }

    /** How many spans of a trace came; to be asked once. */
    int of(String xrayTraceId) {
        Integer spans = finished.remove(xrayTraceId);
        return spans == null ? 0 : spans;
    }

    private static int count(String text, String part) {
        int found = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            found++;
        }
        return found;
    }

    @Override
    public @Nullable Throwable problem() {
        return null;
    }

    @Override
    public String address() {
        return "counted";
    }

    @Override
    public void close() {}
}
