package io.spanloom;

import io.spanloom.internal.Fatal;
import io.spanloom.spi.Reporter;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code tracing.reload}: looks at the configuration file every so often, on a thread of its own, and puts in force what it
 * says now.
 *
 * <p>By its content, because a file that is a link to another (as a mounted ConfigMap's is) changes without a time of its
 * own; and only what two looks in a row have seen, because whoever writes it may not have finished.
 */
final class ConfigReload implements Runnable {

    private final TracingConfig config;
    private final Path file;
    private final WeakReference<@Nullable ClassLoader> loader;
    private final ScheduledThreadPoolExecutor thread;

    /** What the last look saw; null where there was nothing to read. */
    private @Nullable String seen;

    /** What was judged last, whether it was put in force or not. */
    private @Nullable String judged;

    private ConfigReload(TracingConfig config, Path file) {
        this.config = config;
        this.file = file;
        this.loader = new WeakReference<>(Thread.currentThread().getContextClassLoader());
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread looking = new Thread(null, task, "spanloom-reload", 0, false);
            looking.setDaemon(true);
            looking.setContextClassLoader(null);
            return looking;
        });
    }

    /** Begins to look; null where nobody asked for it, or there is no file. */
    static @Nullable ConfigReload of(TracingConfig config) {
        Duration interval = config.get(TracingConfig.RELOAD);
        Path file = config.file();
        if (interval.isZero()) {
            return null;
        }
        if (file == null) {
            Reporter.warn(
                    "TRC-009",
                    "tracing.reload has no file to look at: the configuration is in no file, or in one inside a jar. Name"
                            + " one by the system property tracing.config or the variable TRACING_CONFIG");
            return null;
        }
        ConfigReload reload = new ConfigReload(config, file);
        reload.thread.scheduleWithFixedDelay(reload, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return reload;
    }

    void stop() {
        thread.shutdown();
    }

    @Override
    public void run() {
        try {
            look();
        } catch (Throwable thrown) {
            Fatal.rethrow(thrown);
            refused(String.valueOf(thrown));
        }
    }

    private void look() {
        String before = seen;
        String now = read();
        seen = now;
        if (now == null || !now.equals(before) || now.equals(judged) || !Lifecycle.isInForce(config)) {
            return;
        }
        judged = now;
        Thread.currentThread().setContextClassLoader(loader.get());
        try {
            TracingConfig next = config.readAgain();
            if (!next.saysTheSameAs(config)) {
                Lifecycle.replace(config, next);
            }
        } catch (TracingConfigException problem) {
            refused(problem.getMessage());
        } finally {
            Thread.currentThread().setContextClassLoader(null);
        }
    }

    private @Nullable String read() {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1); // to compare, whatever it is written in
        } catch (IOException gone) {
            return null; // for a moment, as long as it is being replaced; what is in force stays
        }
    }

    private void refused(@Nullable String why) {
        Reporter.warn(
                "TRC-008",
                "the changed configuration file " + file + " is not put in force, all stays as it was: " + why);
    }
}
