package io.spanloom.xray;

import io.spanloom.spi.Findings;
import io.spanloom.spi.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether a daemon listens. UDP answers only where nobody does, and reliably so on this host alone; the daemon's TCP port, which
 * it has beside it for sampling rules, tells the rest.
 */
final class DaemonCheck {

    private static final String TOPIC = "xray";

    /** An ICMP message from this host takes microseconds. */
    private static final int WAIT_MILLIS = 300;

    private static final int STEP_MILLIS = 10;

    /** Neither header nor document: daemons pass it over. */
    private static final byte[] NOTHING = {'\n'};

    private static final String CURE =
            "start the X-Ray daemon, a collector with awsxrayreceiver, or tracing-desk there, or set"
                    + " tracing.xray.daemon-address";

    private DaemonCheck() {}

    static void check(DaemonAddress address, Findings findings) {
        InetSocketAddress daemon;
        try {
            daemon = new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
        } catch (IOException unknown) {
            findings.problem(TOPIC, "TRC-103", "the daemon's host " + address.host() + " is unknown", CURE);
            return;
        }
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.configureBlocking(false);
            channel.connect(daemon);
            channel.write(ByteBuffer.wrap(NOTHING));
            for (int waited = 0; waited < WAIT_MILLIS; waited += STEP_MILLIS) {
                LockSupport.parkNanos(STEP_MILLIS * 1_000_000L);
                channel.read(ByteBuffer.allocate(1));
            }
        } catch (PortUnreachableException nobody) {
            findings.problem(TOPIC, "TRC-102", "nobody listens for UDP at " + address, CURE);
            return;
        } catch (IOException refused) {
            findings.problem(TOPIC, "TRC-103", "nothing can be sent to " + address + ": " + refused, CURE);
            return;
        }
        tcp(address, daemon, findings);
    }

    private static void tcp(DaemonAddress address, InetSocketAddress daemon, Findings findings) {
        try {
            Probe.Answer answer =
                    Probe.post(URI.create("http://" + address + "/GetSamplingRules"), "application/json", "{}", false);
            findings.ok(TOPIC, "a daemon answers at " + address + " by TCP, and nobody refuses UDP");
            answer.compareClock(TOPIC, findings);
        } catch (IOException | IllegalArgumentException silent) {
            if (daemon.getAddress().isLoopbackAddress()) {
                findings.ok(TOPIC, "somebody listens for UDP at " + address);
                findings.note(TOPIC, "its TCP port, which only tracing.sampling = remote needs, does not answer");
            } else {
                findings.note(
                        TOPIC,
                        "whether a daemon listens at " + address + " cannot be known: UDP from another host is not"
                                + " answered, and its TCP port does not answer either");
            }
        }
    }
}
