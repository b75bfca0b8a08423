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
import org.jspecify.annotations.Nullable;

/** The sockets of a desk: all of them, or none if one cannot be had. */
final class Listeners implements Closeable {
    /** A free UDP port need not be a free TCP port. */
    private static final int ATTEMPTS = 20;

    private final Deque<Closeable> open = new ArrayDeque<>();
    private final Intake intake;
    private final XRayApi api;
    private final DeskApi deskApi;
    private final Page page;
    private final ApiReceiver.Surroundings around;

    Listeners(XRayApi api, DeskApi deskApi, Page page, ApiReceiver.Surroundings around) {
        this.intake = around.intake();
        this.api = api;
        this.deskApi = deskApi;
        this.page = keep(page);
        this.around = around;
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
                return keep(api(datagrams.address(), null, null)).address();
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
            return keep(OtlpReceiver.start(address, intake, around.deadline())).address();
        } catch (IOException e) {
            String culprit = "an OpenTelemetry collector, Jaeger, or another desk";
            throw failed(Addresses.explain("TCP", "--otlp", culprit, address, e), e);
        }
    }

    /** @param orAnyPort a free port of the same host does, too, if that one is in use */
    InetSocketAddress startHttp(InetSocketAddress address, boolean orAnyPort) {
        try {
            return keep(api(address, deskApi, page)).address();
        } catch (IOException e) {
            if (orAnyPort && e instanceof BindException) {
                return startHttp(new InetSocketAddress(address.getAddress(), 0), false);
            }
            throw failed(Addresses.explain("TCP", "--http", "another desk", address, e), e);
        }
    }

    private ApiReceiver api(InetSocketAddress address, @Nullable DeskApi desk, @Nullable Page front)
            throws IOException {
        return ApiReceiver.start(address, api, desk, front, around);
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
