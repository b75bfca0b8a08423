package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Datagrams to the byte. */
class DatagramBufferTest {

    private static final int HEADER = 30;

    private final DatagramBuffer buffer = new DatagramBuffer();
    private final DatagramBuffer child = new DatagramBuffer();

    private static String text(ByteBuffer datagram) {
        return StandardCharsets.UTF_8.decode(datagram).toString();
    }

    private void begun(String document) throws IOException {
        buffer.restart();
        buffer.write(document.getBytes(StandardCharsets.UTF_8));
    }

    private void add(String document) throws IOException {
        child.clear();
        child.write(document.getBytes(StandardCharsets.UTF_8));
        buffer.child(child);
    }

    @Test
    void document_followsTheHeaderLine() throws IOException {
        begun("{\"id\":1}");

        assertThat(text(buffer.datagram())).isEqualTo("{\"format\":\"json\",\"version\":1}\n{\"id\":1}");
        assertThat(buffer.length()).isEqualTo(HEADER + 8);
    }

    @Test
    void children_areOneListAtTheEnd() throws IOException {
        begun("{\"id\":1}");
        add("{\"id\":2}");
        add("{\"id\":3}");

        assertThat(text(buffer.datagram()))
                .isEqualTo("{\"format\":\"json\",\"version\":1}\n{\"id\":1,\"subsegments\":[{\"id\":2},{\"id\":3}]}");
    }

    @Test
    void restarted_nothingOfTheLastIsLeft() throws IOException {
        begun("{\"id\":1}");
        add("{\"id\":2}");
        begun("{}");

        assertThat(text(buffer.datagram())).isEqualTo("{\"format\":\"json\",\"version\":1}\n{}");
    }

    @Test
    void asLongAsADatagramMayBe_fitsAndOneByteMoreDoesNot() throws IOException {
        byte[] rest = new byte[DatagramBuffer.MAX_BYTES - HEADER];
        buffer.restart();
        buffer.write(rest);
        assertThat(buffer.datagram().remaining()).isEqualTo(DatagramBuffer.MAX_BYTES);
        assertThatThrownBy(() -> buffer.write('x')).isInstanceOf(DatagramBuffer.TooLong.class);

        buffer.restart();
        assertThatThrownBy(() -> buffer.write(new byte[rest.length + 1])).isInstanceOf(DatagramBuffer.TooLong.class);
        assertThat(buffer.length()).as("nothing of it").isEqualTo(HEADER);
    }

    @Test
    void writtenByteByByte_isTheSame() throws IOException {
        buffer.restart();
        for (int i = 0; i < 5_000; i++) {
            buffer.write('a' + i % 26);
        }

        String datagram = text(buffer.datagram());
        assertThat(datagram).hasSize(HEADER + 5_000).endsWith("klmnopqrstuvwxyzabcdefgh");
    }

    @Test
    void childThatJustFits_isToldToFit() throws IOException {
        buffer.restart();
        buffer.write("{}".getBytes(StandardCharsets.US_ASCII));
        int room = DatagramBuffer.MAX_BYTES - HEADER - "{,\"subsegments\":[]}".length();
        assertThat(buffer.hasRoomForChild(room)).isTrue();
        assertThat(buffer.hasRoomForChild(room + 1)).isFalse();

        add("x".repeat(room));
        assertThat(buffer.datagram().remaining()).isEqualTo(DatagramBuffer.MAX_BYTES);
    }

    @Test
    void furtherChildThatJustFits_isToldToFit() throws IOException {
        begun("{}");
        add("{}");
        int room = DatagramBuffer.MAX_BYTES - HEADER - "{,\"subsegments\":[{},]}".length();
        assertThat(buffer.hasRoomForChild(room)).isTrue();
        assertThat(buffer.hasRoomForChild(room + 1)).isFalse();

        add("x".repeat(room));
        assertThat(buffer.datagram().remaining()).isEqualTo(DatagramBuffer.MAX_BYTES);
    }
}
