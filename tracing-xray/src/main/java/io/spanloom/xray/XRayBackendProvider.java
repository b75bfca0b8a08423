package io.spanloom.xray;

import com.amazonaws.xray.AWSXRay;
import io.spanloom.ConfigKey;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code tracing.backend = xray}: segments and subsegments, sent to an X-Ray daemon (or {@code tracing-desk}) by UDP.
 *
 * <pre>{@code
 * tracing.backend = xray
 * tracing.xray.daemon-address = 127.0.0.1:2000
 * }</pre>
 */
public final class XRayBackendProvider implements BackendProvider {

    /** Where the daemon listens; also {@code AWS_XRAY_DAEMON_ADDRESS}, in either of its forms. */
    static final ConfigKey<DaemonAddress> DAEMON_ADDRESS = ConfigKey.of(
                    "tracing.xray.daemon-address", DaemonAddress.DEFAULT, DaemonAddress.ALLOWED, DaemonAddress::parse)
            .alias("AWS_XRAY_DAEMON_ADDRESS")
            .describedAs("Where the X-Ray daemon listens");

    /** So many documents wait at most to be sent; what comes when as many wait is dropped, and counted. */
    static final ConfigKey<Integer> QUEUE_DOCUMENTS = size("tracing.xray.queue-documents", 2_048, 16, 1_000_000)
            .describedAs("So many documents wait at most to be sent; what comes then is dropped and counted");

    /** About so many bytes of documents wait at most. */
    static final ConfigKey<Integer> QUEUE_BYTES = size(
                    "tracing.xray.queue-bytes", 8 * 1024 * 1024, 256 * 1024, 1024 * 1024 * 1024)
            .describedAs("About so many bytes of documents wait at most");

    /** When documents are sent. */
    enum Sending {
        /** By the thread that ends a span in AWS Lambda, which freezes all others between invocations; else as QUEUED. */
        AUTO,
        /** By a thread of its own. */
        QUEUED,
        /** By the thread that ends a span. */
        SYNCHRONOUS
    }

    static final ConfigKey<Sending> SENDING = ConfigKey.oneOf("tracing.xray.sending", Sending.AUTO)
            .describedAs(
                    "When documents are sent: by a thread of its own, or by the thread that ends a span; auto is synchronous in AWS Lambda only");

    /** Whether segments that the X-Ray SDK's own code opened are sent by Spanloom, too, off the application's threads. */
    static final ConfigKey<Boolean> ADOPT_EMITTER = ConfigKey.truth("tracing.xray.adopt-emitter", false)
            .describedAs("Whether segments that the X-Ray SDK's own code opened are sent by Spanloom's thread, too");

    private static ConfigKey<Integer> size(String name, int usual, int least, int most) {
        return ConfigKey.of(name, usual, "a whole number, " + least + " to " + most, text -> {
            int value = Integer.parseInt(text);
            if (value < least || value > most) {
                throw new IllegalArgumentException(value + " is out of range");
            }
            return value;
        });
    }

    /** Called by {@link java.util.ServiceLoader}. */
    public XRayBackendProvider() {}

    @Override
    public String name() {
        return "xray";
    }

    @Override
    public List<ConfigKey<?>> keys() {
        List<ConfigKey<?>> keys =
                new ArrayList<>(List.of(DAEMON_ADDRESS, QUEUE_DOCUMENTS, QUEUE_BYTES, SENDING, ADOPT_EMITTER));
        keys.addAll(PluginKeys.ALL);
        return keys;
    }

    @Override
    public Backend create(TracingConfig config) {
        Exporter.Limits limits = new Exporter.Limits(
                config.get(QUEUE_DOCUMENTS), config.get(QUEUE_BYTES), isSynchronous(config.get(SENDING)));
        DatagramSink daemon = new DaemonSocket(config.get(DAEMON_ADDRESS));
        return new XRayBackend(
                config.service(), config.sampler(), daemon, limits, config.get(ADOPT_EMITTER), Whereabouts.ask(config));
    }

    private static boolean isSynchronous(Sending sending) {
        return sending == Sending.SYNCHRONOUS
                || sending == Sending.AUTO && CurrentEntity.isLambda(AWSXRay.getGlobalRecorder());
    }
}
