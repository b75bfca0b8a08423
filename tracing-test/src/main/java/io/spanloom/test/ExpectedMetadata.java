package io.spanloom.test;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is recorded of a value: found by recording it, so that no second set of rules has to agree with core's. */
final class ExpectedMetadata {

    private ExpectedMetadata() {}

    /** Null where nothing of the value is kept. */
    static @Nullable String json(String namespace, String key, @Nullable Object value) {
        List<MemorySpan> ended = new ArrayList<>();
        MemoryBackend backend = new MemoryBackend("expected", Sampler.ALL, ended::add);
        try (Span span = backend.start(SpanSpec.named("expected"), null)) {
            span.metadata(namespace, key, value);
        }
        for (Map<String, String> values : ended.get(0).metadata().values()) {
            return values.values().iterator().next();
        }
        return null;
    }
}
