package io.spanloom.desk;

import io.spanloom.desk.api.XRayApi;
import io.spanloom.desk.page.Page;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/** The sockets of a desk: all of them, or none if one cannot be had. */
final class Listeners implements Closeable {
    /** A free UDP port need not be a free TCP port. */
    private static final int ATTEMPTS = 20;

    private final Deque<Closeable> open = new ArrayDeque<>();
    private final Intake intake;
    private final XRayApi api;
    private final HostRule hosts;
    private final Page page;

    Listeners(Intake intake, XRayApi api, HostRule hosts, Page page) {
        this.intake = intake;
        this.api = api;
        this.hosts = hosts;
        this.page = keep(page);
    }

    /** Datagrams, and the API on TCP at the same port, as the daemon has it. */
    InetSocketAddress startXRay(InetSocketAddress address) {
        String culprit = "an X-Ray daemon, a collector with the awsxray receiver, or another desk";
        for (int attempt = 1; ; attempt++) {
            XRayReceiver datagrams;
            try {
                datagrams = keep(XRayReceiver.start(address, intake));
            } catch (IOException e) {
                throw failed(Addresses.explain("UDP", "--xray", culprit, address, e), e);
            }
            try {
                return keep(ApiReceiver.start(datagrams.address(), api, hosts, null))
                        .address();
            } catch (BindException e) {
                if (address.getPort() != 0 || attempt == ATTEMPTS) {
                    throw failed(Addresses.explain("TCP", "--xray", culprit, datagrams.address(), e), e);
                }
                open.remove(datagrams);
                closeQuietly(datagrams, e);
            } catch (IOException e) {
                throw failed(Addresses.explain("TCP", "--xray", culprit, datagrams.address(), e), e);
            }
        }
    }

    InetSocketAddress startOtlp(InetSocketAddress address) {
        try {
            return keep(OtlpReceiver.start(address, intake)).address();
        } catch (IOException e) {
            String culprit = "an OpenTelemetry collector, Jaeger, or another desk";
            throw failed(Addresses.explain("TCP", "--otlp", culprit, address, e), e);
        }
    }

    /** @param orAnyPort a free port of the same host does, too, if that one is in use */
    InetSocketAddress startHttp(InetSocketAddress address, boolean orAnyPort) {
        try {
            return keep(ApiReceiver.start(address, api, hosts, page)).address();
        } catch (IOException e) {
            if (orAnyPort && e instanceof BindException) {
                return startHttp(new InetSocketAddress(address.getAddress(), 0), false);
            }
            throw failed(Addresses.explain("TCP", "--http", "another desk", address, e), e);
        }
    }

    private <T extends Closeable> T keep(T listener) {
        open.push(listener);
        return listener;
    }

    private UncheckedIOException failed(String message, IOException e) {
        while (!open.isEmpty()) {
            closeQuietly(open.pop(), e);
        }
        return new UncheckedIOException(message, e);
    }

    private static void closeQuietly(Closeable closeable, IOException because) {
        try {
            closeable.close();
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /** All, even if one fails. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
