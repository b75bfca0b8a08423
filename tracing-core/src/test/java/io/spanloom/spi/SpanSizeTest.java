package io.spanloom.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Aws;
import io.spanloom.Http;
import io.spanloom.Sql;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpanSizeTest {

    private final SpanSize size = new SpanSize();

    @Test
    void littleContent_fits() {
        size.annotation("k", 1L);
        size.metadata("work", "k", "1");

        assertThat(size.shedsMetadata()).isFalse();
        assertThat(size.shedsFrames()).isFalse();
    }

    @Test
    void muchMetadata_isShedAlone() {
        size.metadata("work", "k", "\"" + "\u540d".repeat(21_000) + "\"");

        assertThat(size.shedsMetadata()).isTrue();
        assertThat(size.shedsFrames()).isFalse();
    }

    @Test
    void manyFrames_areShedToo() {
        StackTraceElement[] frames = new StackTraceElement[50];
        Arrays.fill(frames, new StackTraceElement("app." + "X".repeat(200), "find", "Shop.java", 1));
        for (int i = 0; i < 5; i++) {
            size.exception(List.of(new ThrownException("app.Failed", "x", List.of(frames), 0)));
        }

        assertThat(size.shedsFrames()).isTrue();
    }

    /** Something counted, and how many bytes of a document it takes: quotes and commas among them. */
    private record Item(String name, long bytes, Consumer<SpanSize> counted) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Item> items() {
        StackTraceElement frame = new StackTraceElement("C", "m", "F", 1);
        return List.of(
                new Item("a text as annotation", 4 + 4, size -> size.annotation("k", "v")),
                new Item("a number as annotation", 4 + 24, size -> size.annotation("k", 1L)),
                new Item(
                        "exceptions",
                        2 * (4 + 4 + 150),
                        size -> size.exception(List.of(
                                new ThrownException("T", "m", List.of(), 0),
                                new ThrownException("U", "n", List.of(), 0)))),
                new Item(
                        "frames",
                        4 + 4 + 150 + 2 * (4 + 4 + 4 + 40),
                        size -> size.exception(List.of(new ThrownException("T", "m", List.of(frame, frame), 0)))),
                new Item(
                        "a request",
                        6 + 12 + 5 + 12,
                        size -> size.request(
                                Http.request("GET", "http://a/").userAgent("me").clientIp("127.0.0.1"))),
                new Item(
                        "a statement",
                        19 + 3 * 8 + 6 + 11,
                        size -> size.sql(Sql.on("postgresql", "users")
                                .server("postgresql://h:1")
                                .user("app")
                                .query("select 1"))),
                new Item(
                        "an AWS call",
                        6 + 5 + 5 + 4 + 6 + 2 * 4 + 4 + 4,
                        size -> size.aws(Aws.call("SQS", "Ge")
                                .region("eu")
                                .requestId("i")
                                .queueUrl("url")
                                .table("t")
                                .with("k", "v"))),
                new Item("links", 160, size -> size.links(2)));
    }

    @ParameterizedTest
    @MethodSource("items")
    void content_isCountedToTheByte(Item item) {
        assertThat(filled(item, 0).shedsFrames()).isFalse();
        assertThat(filled(item, 0).shedsMetadata()).isFalse();
        assertThat(filled(item, 1).shedsFrames()).isTrue();
        assertThat(filled(item, 1).shedsMetadata()).isTrue();
    }

    @Test
    void metadata_isCountedToTheByteAndApart() {
        Item metadata = new Item("metadata", 5 + 4 + 4 + 8, size -> size.metadata("ns", "k", "\u20ac1"));

        assertThat(filled(metadata, 0).shedsMetadata()).isFalse();
        assertThat(filled(metadata, 1).shedsMetadata()).isTrue();
        assertThat(filled(metadata, 1).shedsFrames()).isFalse();
    }

    /** The limit and so many bytes more. */
    private static SpanSize filled(Item item, int more) {
        SpanSize size = new SpanSize();
        size.annotation("", "x".repeat((int) (SpanSize.LIMIT - item.bytes() - 6 + more)));
        item.counted().accept(size);
        return size;
    }
}
