package io.spanloom.e2e.real;

import java.io.IOException;

/** An X-Ray daemon between the services and the {@link Api}: the real one where it is installed, else a stand-in. */
interface Daemon extends AutoCloseable {

    static Daemon before(Api api) throws Exception {
        return Installed.daemon().isEmpty() ? new DaemonStandIn(api) : new RealDaemon(api);
    }

    /** For {@code AWS_XRAY_DAEMON_ADDRESS}; the same after a restart. */
    String address();

    /** Nobody listens from now on. */
    void stop() throws Exception;

    void startAgain() throws Exception;

    @Override
    void close() throws IOException;
}
