package io.spanloom.e2e.real;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;

/** What stands between the services and the {@link Api}, and takes segments as the X-Ray daemon does. */
interface Daemon extends AutoCloseable {

    /** Of what make. */
    enum Kind {
        /** AWS's own X-Ray daemon where it is installed, else a stand-in that does as it was measured to do. */
        DAEMON,
        /** The OpenTelemetry Collector with {@code awsxrayreceiver}: maintained, where the daemon no longer is. */
        COLLECTOR;

        Daemon before(Api api) throws Exception {
            if (this == DAEMON) {
                return Installed.daemon().isEmpty() ? new DaemonStandIn(api) : DaemonProcess.xray(api);
            }
            assumeFalse(
                    Installed.collector().isEmpty(),
                    () -> "the OpenTelemetry Collector could not be built: " + Installed.collectorAbsent());
            return DaemonProcess.collector(api);
        }
    }

    static Daemon before(Api api) throws Exception {
        return Kind.DAEMON.before(api);
    }

    /** For {@code AWS_XRAY_DAEMON_ADDRESS}; the same after a restart. */
    String address();

    /** Nobody listens from now on. */
    void stop() throws Exception;

    void startAgain() throws Exception;

    @Override
    void close() throws IOException;
}
