package io.spanloom.desk;

import io.spanloom.desk.api.XRayApi;
import io.spanloom.desk.page.Page;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A local desk that takes traces by the X-Ray daemon's protocol, the X-Ray API and OTLP over HTTP, lays them side by side, and
 * answers the X-Ray API.
 *
 * <pre>{@code
 * try (TraceDesk desk = TraceDesk.start()) {
 *   // point the program at desk.xrayAddress() or desk.otlpAddress(), run it, then:
 *   List<Trace> traces = desk.awaitTraces(1, Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>Both addresses are loopback with any free port unless the builder is told otherwise. A trace is finished when its root
 * has ended and nothing new has come for the quiet time. Documents may come in any order, by both protocols and more than
 * once: trace id {@code 1-8hex-24hex} is {@code 32hex}; of a span that comes twice the last complete document counts.
 *
 * <p>Memory is bounded: 100,000 traces and about 128 MiB, beyond which the oldest traces go and are counted as evicted.
 *
 * <p>All methods may be called from any thread, also after {@link #close()}: what was received stays readable. Null
 * arguments throw {@link NullPointerException}. What arrives from outside never throws here; it is counted, see
 * {@link #counters()}.
 */
public final class TraceDesk implements Closeable {
    /** Of the JDK's HTTP server: read once, when the first of a JVM is made. */
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private static final long TICK_MILLIS = 50;
    private static final long CLOSE_SECONDS = 2;

    private final Counting counting = new Counting();
    private final Inbox inbox = new Inbox(System::currentTimeMillis);
    private final Activity activity = new Activity(System::currentTimeMillis);
    private final ShownLog shownLog = new ShownLog();
    private final Instant since = Instant.now();
    private final @Nullable Path path;
    private final @Nullable FileSaver saver;
    private final TraceStore store;
    private final Complaints complaints;
    private final DeskListener listener;
    private final Listeners listeners;
    private final InetSocketAddress xray;
    private final InetSocketAddress otlp;
    private final InetSocketAddress http;
    private final ScheduledExecutorService ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition finished = lock.newCondition();

    /** Of the ticker's thread alone. */
    private long evictedKnown;

    static {
        // Without it head and body of an answer wait for each other, 40 ms each time. Does no harm to other servers of
        // the JVM, and whoever has set it is left alone.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private TraceDesk(Builder builder) {
        listener = builder.listener;
        path = builder.file;
        store = new TraceStore(
                System::nanoTime,
                builder.quiet.toNanos(),
                TraceStore.MAX_TRACES,
                builder.memory,
                counting,
                path != null);
        complaints = new Complaints(System::nanoTime, listener::complain);
        TraceFile file = path == null ? null : load(path);
        Intake intake = intake();
        XRayApi api = new XRayApi(new DeskTraces(store, intake), System::currentTimeMillis);
        DeskState state = new DeskState(store, counting, inbox, activity, shownLog);
        HostRule hosts = new HostRule(builder.allowedHosts);
        DeskPage page = new DeskPage(store, api, intake, counting::read);
        listeners = new Listeners(
                api,
                new DeskApi(state, api, this::listening),
                new Page(page),
                new ApiReceiver.Surroundings(intake, activity, hosts, builder.requestDeadline));
        try {
            xray = listeners.startXRay(builder.xrayAddress);
            otlp = listeners.startOtlp(builder.otlpAddress);
            http = listeners.startHttp(builder.httpAddress, builder.httpAnyPort);
        } catch (RuntimeException e) {
            release(file, e);
            throw e;
        }
        page.listensOn(Addresses.named(xray, otlp, http));
        saver = file == null ? null : new FileSaver(store, file, complaints);
        ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "desk-ticker");
            thread.setDaemon(true);
            return thread;
        });
        // tick() lets nothing through that the future would have to tell.
        var unused = ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private TraceFile load(Path path) {
        try {
            return load(TraceFile.open(path, line -> complaints.say(line, "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (SQLException e) {
            throw new UncheckedIOException(path + " cannot be read: " + e.getMessage(), new IOException(e));
        }
    }

    private TraceFile load(TraceFile file) throws SQLException {
        try {
            int unreadable = file.load(store);
            if (unreadable > 0) {
                complaints.say("documents of the file could not be read and were left out", unreadable + " of them");
            }
            return file;
        } catch (SQLException | RuntimeException e) {
            release(file, e);
            throw e;
        }
    }

    /** Nobody else could open it as long as it is open here. */
    private static void release(@Nullable TraceFile file, Exception why) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
    }

    private Listening listening() {
        return new Listening(xray, otlp, http, since, path == null ? "" : path.toString());
    }

    /** A desk on free loopback ports. */
    public static TraceDesk start() {
        return builder().start();
    }

    /** A desk with ports, limits or a file of your own. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Where X-Ray SDKs send their datagrams, and where they ask for sampling rules by TCP, as of the daemon; never port 0.
     */
    public InetSocketAddress xrayAddress() {
        return xray;
    }

    /** Where OTLP exporters post to, below {@code /v1/traces}; never port 0. */
    public InetSocketAddress otlpAddress() {
        return otlp;
    }

    /**
     * Where the desk's page is, for a browser, and the X-Ray API, for AWS's own clients:
     *
     * <pre>{@code
     * XRayClient.builder().endpointOverride(URI.create("http://127.0.0.1:" + desk.httpAddress().getPort()))...
     * }</pre>
     *
     * Never port 0.
     */
    public InetSocketAddress httpAddress() {
        return http;
    }

    /** All traces held right now, finished or not, by the arrival of their first document. */
    public List<Trace> traces() {
        return store.snapshot(false);
    }

    /**
     * Waits until so many traces are finished and returns all finished ones, by the arrival of their first document.
     *
     * @throws IllegalStateException if they are not finished in time; the message says what there was instead
     */
    public List<Trace> awaitTraces(int count, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (store.finishedCount() < count) {
                if (left <= 0) {
                    throw new IllegalStateException(notFinished(count, timeout));
                }
                left = finished.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        return store.snapshot(true);
    }

    /** What came so far, what of it was refused, and why; read at one moment. */
    public DeskCounters counters() {
        return counting.read();
    }

    /**
     * Stops listening and waits for what is being handled, two seconds at most, and for the file, ten. A second call does
     * nothing.
     */
    @Override
    public void close() {
        try {
            listeners.close();
        } catch (IOException e) {
            complaints.say("closing failed", e.toString());
        }
        try {
            if (saver != null) {
                saver.close();
            }
            ticker.shutdown();
            if (!ticker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                ticker.shutdownNow();
            }
        } catch (IOException e) {
            complaints.say("closing failed", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        complaints.summariseAll();
    }

    /** After {@link #close()}: shows what has not been shown, finished or not. */
    void showRest() {
        store.takeAll().forEach(this::show);
    }

    private void tick() {
        try {
            List<StoredTrace.Showing> due = store.takeDue();
            due.forEach(this::show);
            store.summarise(due);
            if (!due.isEmpty()) {
                signalFinished();
            }
            complainOfEviction();
            complaints.summariseDue();
        } catch (RuntimeException e) {
            // A scheduled task that throws is never run again, and the desk would fall silent.
            complaints.say(Rejection.INTERNAL.text(), e.toString());
        }
    }

    private void complainOfEviction() {
        long evicted = counting.read().evicted();
        if (evicted > evictedKnown) {
            evictedKnown = evicted;
            complaints.say("memory bound reached, the oldest traces are given up", evicted + " so far");
        }
    }

    private void show(StoredTrace.Showing showing) {
        if (showing.complete() && !showing.again()) {
            counting.finished();
        }
        shownLog.add(showing);
        try {
            listener.show(showing);
        } catch (RuntimeException e) {
            // One trace that cannot be shown must not take those after it with it.
            complaints.say("a trace could not be shown; please report this", showing.traceId() + ": " + e);
        }
    }

    private void signalFinished() {
        lock.lock();
        try {
            finished.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private String notFinished(int count, Duration timeout) {
        return store.finishedCount() + " of " + count + " traces finished within " + timeout.toMillis() + " ms; held: "
                + traces().size() + "; " + counters();
    }

    private Intake intake() {
        return new Intake() {
            @Override
            public void knocked(Protocol protocol, @Nullable SocketAddress from) {
                activity.knocked(protocol, from);
            }

            @Override
            public void spilled() {
                activity.spilled();
                complaints.say("datagrams come faster than they can be read, some are thrown away", "");
            }

            @Override
            public void accepted(Received document) {
                counting.kept();
                activity.accepted(document);
                store.add(document);
            }

            @Override
            public void rejected(Refused refused) {
                counting.rejected(refused.reason());
                inbox.add(refused);
                complaints.say("rejected: " + refused.reason().text(), refused.detail());
            }
        };
    }

    /** Where to listen and how long to wait; not safe for use by several threads. */
    public static final class Builder {
        private InetSocketAddress xrayAddress = anyLoopbackPort();
        private InetSocketAddress otlpAddress = anyLoopbackPort();
        private InetSocketAddress httpAddress = anyLoopbackPort();
        private boolean httpAnyPort;
        private Set<String> allowedHosts = Set.of();
        private @Nullable Path file;
        private long memory = TraceStore.MAX_WEIGHT;
        private Duration quiet = Duration.ofSeconds(1);
        private Duration requestDeadline = Duration.ofSeconds(30);
        private DeskListener listener = DeskListener.SILENT;

        private Builder() {}

        /** IPv4, as all the senders' own defaults are. */
        private static InetSocketAddress anyLoopbackPort() {
            return Addresses.parse("127.0.0.1:0");
        }

        /** For the X-Ray daemon's datagrams; port 0 is any free one. The daemon's own is 127.0.0.1:2000. */
        public Builder xrayAddress(InetSocketAddress address) {
            this.xrayAddress = Objects.requireNonNull(address, "address");
            return this;
        }

        /** For OTLP over HTTP; port 0 is any free one. The usual one is 127.0.0.1:4318. */
        public Builder otlpAddress(InetSocketAddress address) {
            this.otlpAddress = Objects.requireNonNull(address, "address");
            return this;
        }

        /** For the X-Ray API; port 0 is any free one. */
        public Builder httpAddress(InetSocketAddress address) {
            this.httpAddress = Objects.requireNonNull(address, "address");
            this.httpAnyPort = false;
            return this;
        }

        /** Names by which clients may call the desk besides {@code localhost} and its addresses, such as one of compose. */
        public Builder allowedHosts(Set<String> names) {
            this.allowedHosts = Set.copyOf(names);
            return this;
        }

        /** Like {@link #httpAddress}, but a free port will do if that one is in use. */
        Builder httpAddressIfFree(InetSocketAddress address) {
            this.httpAddress = address;
            this.httpAnyPort = true;
            return this;
        }

        /** How long nothing new must have come before a trace counts as finished; one second unless set. */
        public Builder quiet(Duration quiet) {
            if (quiet.isNegative()) {
                throw new IllegalArgumentException("quiet is negative: " + quiet);
            }
            this.quiet = quiet;
            return this;
        }

        /**
         * Keeps traces in this file, too, and begins with those that are in it; it is made if there is none. Needs {@code
         * org.xerial:sqlite-jdbc} on the class path, which the runnable jar has. Without it memory alone keeps traces.
         */
        public Builder file(Path file) {
            this.file = Objects.requireNonNull(file, "file");
            return this;
        }

        /**
         * About how many bytes of heap traces may take, beyond which the oldest go; 128 MiB unless set. The heap has to be
         * larger than that by half, and by 100 MB.
         */
        public Builder memory(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("memory is not positive: " + bytes);
            }
            this.memory = bytes;
            return this;
        }

        /** How long one request may take, its sending and the reading of its answer included. */
        Builder requestDeadline(Duration deadline) {
            this.requestDeadline = deadline;
            return this;
        }

        Builder listener(DeskListener listener) {
            this.listener = listener;
            return this;
        }

        /**
         * Listens from here on.
         *
         * @throws UncheckedIOException if an address cannot be had; the message says which and what helps
         */
        public TraceDesk start() {
            return new TraceDesk(this);
        }
    }
}
