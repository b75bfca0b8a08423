package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.HEADER;
import static io.spanloom.desk.Fixtures.attribute;
import static io.spanloom.desk.Fixtures.otlp;
import static io.spanloom.desk.Fixtures.request;
import static io.spanloom.desk.Fixtures.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Real documents with random damage are read or refused, and what is read can be shown; nothing else is ever thrown. */
class HostileInputTest {
    private static final int ROUNDS = 4_000;

    private final Random random = new Random(20261121);
    private int taken;
    private int refused;

    @Test
    void damagedDatagrams_areReadOrRefused() {
        for (String name : List.of("java-1", "python-flask-home", "python-flask-fault")) {
            byte[] good = (HEADER + new String(resource("segments/" + name + ".json"), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < ROUNDS; i++) {
                byte[] bad = damaged(good);
                attempt(() -> List.of(XRayDatagram.read(bad, bad.length)));
            }
        }
        assertThat(taken).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void damagedProtobuf_isReadOrRefused() {
        Span span = otlp("000000000000000a")
                .addAttributes(attribute("http.request.method", "GET"))
                .addAttributes(attribute("aws.xray.annotations", new String[] {"a"}))
                .addAttributes(attribute("a", 1L))
                .addAttributes(attribute("aws.xray.metadata.n", "{\"k\":[1,{\"x\":null}]}"))
                .build();
        byte[] good = request("svc", span).toByteArray();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bad = damaged(good);
            attempt(() -> OtlpBatch.read(OtlpFormat.PROTOBUF.decode(bad)).documents());
        }
        assertThat(taken).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void damagedJson_isReadOrRefused() {
        byte[] good = resource("otlp-traces.json");
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bad = damaged(good);
            attempt(() -> OtlpBatch.read(OtlpFormat.JSON.decode(bad)).documents());
        }
        assertThat(taken).isPositive();
        assertThat(refused).isPositive();
    }

    private void attempt(Reading reading) {
        try {
            for (Received document : reading.read()) {
                Trace trace = new Trace(
                        document.traceId(), SpanTree.of(document.spans()).spansWithService(), true);
                assertThat(JsonLine.of(trace)).isNotEmpty();
                assertThat(TreePrinterTest.plain(80).print(trace)).isNotEmpty();
                document.spans().forEach(span -> assertThat(SpanWeight.of(span)).isPositive());
            }
            taken++;
        } catch (RejectedException e) {
            refused++;
        }
    }

    /** A few bytes changed, a piece cut out, or a piece doubled. */
    private byte[] damaged(byte[] good) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : "{}[]\":,0".charAt(random.nextInt(8)));
        }
        int from = random.nextInt(bytes.length);
        int to = Math.min(from + random.nextInt(20), bytes.length);
        return switch (random.nextInt(4)) {
            case 0 -> joined(bytes, from, to);
            case 1 -> joined(bytes, to, from);
            default -> bytes;
        };
    }

    /** The start up to one place and the end from another: a cut, or, with the places exchanged, a repetition. */
    private static byte[] joined(byte[] bytes, int head, int tail) {
        byte[] joined = new byte[head + bytes.length - tail];
        System.arraycopy(bytes, 0, joined, 0, head);
        System.arraycopy(bytes, tail, joined, head, bytes.length - tail);
        return joined;
    }

    private interface Reading {
        List<Received> read() throws RejectedException;
    }
}
