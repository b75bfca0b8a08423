package io.spanloom.benchmarks;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.config.DaemonConfiguration;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.emitters.UDPEmitter;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.strategy.IgnoreErrorContextMissingStrategy;
import java.net.SocketException;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The X-Ray SDK's recorder. {@code off}: no segment is there; {@code sampled}: nothing is serialised or sent;
 * {@code sampled-fast-ids}: the same with the SDK's ids of less security; {@code sampled-udp}: everything is.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class XRaySdk {

    @Param({"off", "unsampled", "sampled", "sampled-fast-ids", "sampled-udp"})
    public String mode;

    private AWSXRayRecorder recorder;

    @Setup
    public void configure() throws SocketException {
        AWSXRayRecorderBuilder builder =
                AWSXRayRecorderBuilder.standard().withContextMissingStrategy(new IgnoreErrorContextMissingStrategy());
        if (mode.equals("sampled-udp")) {
            DaemonConfiguration daemon = new DaemonConfiguration();
            daemon.setDaemonAddress(DaemonPort.address());
            builder.withEmitter(new UDPEmitter(daemon));
        } else {
            builder.withEmitter(new NullEmitter());
        }
        if (mode.equals("sampled-fast-ids")) {
            builder.withFastIdGenerator();
        }
        recorder = builder.build();
        AWSXRay.setGlobalRecorder(recorder);
    }

    void begin() {
        switch (mode) {
            case "off" -> {}
            case "unsampled" -> recorder.beginNoOpSegment();
            default -> recorder.beginSegment("GET /api/activities/home");
        }
    }

    void end() {
        if (!mode.equals("off")) {
            recorder.endSegment();
        }
    }

    private static final class NullEmitter extends Emitter {

        @Override
        public boolean sendSegment(Segment segment) {
            return true;
        }

        @Override
        public boolean sendSubsegment(Subsegment subsegment) {
            return true;
        }
    }
}
