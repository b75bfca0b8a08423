package io.spanloom.xray;

import io.spanloom.ConfigKey;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
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
            .alias("AWS_XRAY_DAEMON_ADDRESS");

    /** Called by {@link java.util.ServiceLoader}. */
    public XRayBackendProvider() {}

    @Override
    public String name() {
        return "xray";
    }

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(DAEMON_ADDRESS);
    }

    @Override
    public Backend create(TracingConfig config) {
        return new XRayBackend(config.service(), config.sampler(), config.get(DAEMON_ADDRESS));
    }
}
