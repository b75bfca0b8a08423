package io.spanloom.desk;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** What is sent to the desk's UDP port: taken, or rejected with a reason. */
class SegmentsFuzzTest {

    private static final byte[] HEADER = "{\"format\":\"json\",\"version\":1}\n".getBytes(StandardCharsets.UTF_8);

    @FuzzTest(maxDuration = "5m")
    void datagram(byte[] data) {
        Documents.isTaken(data, data.length);
    }

    /** As {@link #datagram}, with its header already right. */
    @FuzzTest(maxDuration = "5m")
    void document(byte[] data) {
        byte[] datagram = new byte[HEADER.length + data.length];
        System.arraycopy(HEADER, 0, datagram, 0, HEADER.length);
        System.arraycopy(data, 0, datagram, HEADER.length, data.length);
        Documents.isTaken(datagram, datagram.length);
    }
}
