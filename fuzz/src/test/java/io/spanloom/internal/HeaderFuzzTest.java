package io.spanloom.internal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanloom.spi.Ids;
import io.spanloom.spi.SpanSeed;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Headers that anybody may send: read without harm, and what goes on is a header and nothing else. */
class HeaderFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void xray(byte[] data) {
        String header = new String(data, StandardCharsets.ISO_8859_1);
        XRayHeader.asksForDecision(header);
        SpanSeed seed = XRayHeader.parse(header);
        if (seed == null) {
            return;
        }
        assertIds(seed);
        String traceId = requireNonNull(seed.traceId());
        String parent = seed.parentSpanId() == null ? "00000000000000aa" : seed.parentSpanId();
        boolean sampled = Boolean.TRUE.equals(seed.sampled());
        String written = XRayHeader.format(Ids.toXRay(traceId), parent, sampled, seed.xrayExtras());
        assertThat(written).hasSizeLessThanOrEqualTo(256);
        assertIsAHeader(written);
        SpanSeed again = requireNonNull(XRayHeader.parse(written));
        assertThat(again).isEqualTo(SpanSeed.remote(traceId, parent, sampled).passing(null, seed.xrayExtras()));
    }

    @FuzzTest(maxDuration = "5m")
    void traceparent(byte[] data) {
        String header = new String(data, StandardCharsets.ISO_8859_1);
        SpanSeed seed = TraceParent.parse(header);
        if (seed == null) {
            return;
        }
        assertIds(seed);
        String written = TraceParent.format(
                requireNonNull(seed.traceId()), requireNonNull(seed.parentSpanId()), requireNonNull(seed.sampled()));
        assertIsAHeader(written);
        assertThat(TraceParent.parse(written)).isEqualTo(seed);
    }

    @FuzzTest(maxDuration = "5m")
    void tracestate(byte[] data) {
        String state = TraceState.passable(new String(data, StandardCharsets.ISO_8859_1));
        if (state != null) {
            assertIsAHeader(state);
            assertThat(state).hasSizeLessThanOrEqualTo(512);
            assertThat(TraceState.passable(state)).isEqualTo(state);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void b3(byte[] data) {
        String header = new String(data, StandardCharsets.ISO_8859_1);
        String[] parts = header.split("\n", 4);
        assertIsRead(B3Headers.parse(header));
        assertIsRead(B3Headers.parse(parts[0], part(parts, 1), part(parts, 2), part(parts, 3)));
    }

    private static @Nullable String part(String[] parts, int index) {
        return index < parts.length && !parts[index].isEmpty() ? parts[index] : null;
    }

    private static void assertIsRead(@Nullable SpanSeed seed) {
        if (seed == null) {
            return;
        }
        if (seed.traceId() == null) {
            assertThat(seed.parentSpanId()).isNull();
            assertThat(seed.sampled()).isNotNull();
            return;
        }
        assertIds(seed);
        boolean sampled = Boolean.TRUE.equals(seed.sampled());
        String written = B3Headers.format(requireNonNull(seed.traceId()), requireNonNull(seed.parentSpanId()), sampled);
        assertIsAHeader(written);
        assertThat(B3Headers.parse(written))
                .isEqualTo(
                        SpanSeed.remote(requireNonNull(seed.traceId()), requireNonNull(seed.parentSpanId()), sampled));
    }

    private static void assertIds(SpanSeed seed) {
        assertThat(seed.traceId()).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
        String parent = seed.parentSpanId();
        if (parent != null) {
            assertThat(parent).matches("[0-9a-f]{16}").isNotEqualTo("0".repeat(16));
        }
    }

    /** Nothing in it ends a header line, or begins another. */
    private static void assertIsAHeader(String value) {
        assertThat(value.chars()).allMatch(c -> c == '\t' || c >= 0x20 && c <= 0x7e);
    }
}
