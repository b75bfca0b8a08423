package io.spanloom;

import io.spanloom.TracingConfig.ContextMissing;
import io.spanloom.internal.BackendProviders;
import io.spanloom.internal.Fatal;
import io.spanloom.internal.SpanListenerProviders;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.HeaderFormat;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.Sampler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tracing as it is set up at one moment: a configuration and what it made. Immutable, so that a reconfiguration is one
 * write.
 */
record Setup(
        TracingConfig config,
        Backend backend,
        Propagation propagation,
        ContextMissing contextMissing,
        HostNaming naming,
        SamplerOfConfig sampler,
        @Nullable LeakDetector leaks,
        Listening listening,
        BackendCalls calls) {

    Setup(
            TracingConfig config,
            Backend backend,
            Propagation propagation,
            ContextMissing contextMissing,
            HostNaming naming,
            SamplerOfConfig sampler,
            @Nullable LeakDetector leaks,
            Listening listening) {
        this(
                config,
                backend,
                propagation,
                contextMissing,
                naming,
                sampler,
                leaks,
                listening,
                new BackendCalls(backend));
    }

    /** Where to get the backends that Spanloom itself brings. */
    private static final Map<String, String> ARTIFACTS =
            Map.of("xray", "io.spanloom:tracing-xray", "otel", "io.spanloom:tracing-otel");

    /**
     * Makes the backends that a configuration names.
     *
     * @throws TracingConfigException where a backend is unknown, missing, or cannot work as configured
     */
    static Setup of(TracingConfig given) {
        SamplerOfConfig sampler = new SamplerOfConfig();
        TracingConfig config = given.with(sampler);
        Map<String, BackendProvider> providers = new LinkedHashMap<>();
        BackendProviders.find().forEach(provider -> providers.put(provider.name(), provider));
        config.providers().forEach(provider -> providers.put(provider.name(), provider));
        List<Backend> backends = new ArrayList<>();
        try {
            for (String name : names(config, providers)) {
                backends.add(create(config, providers, name));
            }
            backends.remove(Backend.none());
            return of(given, config, sampler, backends);
        } catch (RuntimeException failed) {
            backends.forEach(Setup::closeQuietly);
            sampler.close();
            throw failed;
        }
    }

    /** Listeners are made last, for what fails after them would leave them open. */
    private static Setup of(
            TracingConfig given, TracingConfig config, SamplerOfConfig sampler, List<Backend> backends) {
        Backend backend = backends.isEmpty()
                ? Backend.none()
                : backends.size() == 1 ? backends.get(0) : new FanoutBackend(backends);
        Set<HeaderFormat> spoken = new LinkedHashSet<>();
        backends.forEach(each -> spoken.add(each.headerFormat()));
        Propagation propagation = new Propagation(config.get(TracingConfig.PROPAGATION), List.copyOf(spoken));
        LeakDetector leaks =
                backend != Backend.none() && config.get(TracingConfig.DEBUG_LEAKS) ? new LeakDetector() : null;
        return new Setup(
                given,
                backend,
                propagation,
                config.get(TracingConfig.CONTEXT_MISSING),
                config.naming(),
                sampler,
                leaks,
                backends.isEmpty() ? Listening.NONE : new Listening(SpanListenerProviders.listeners(config)));
    }

    /** Tracing that is off. */
    static Setup off(TracingConfig config) {
        return new Setup(
                config,
                Backend.none(),
                new Propagation(List.of(), List.of()),
                ContextMissing.IGNORE,
                HostNaming.NONE,
                new SamplerOfConfig(),
                null,
                Listening.NONE);
    }

    private static List<String> names(TracingConfig config, Map<String, BackendProvider> providers) {
        List<String> named = config.backends();
        if (!named.isEmpty()) {
            return named;
        }
        List<String> found = providers.keySet().stream()
                .filter(name -> !name.equals("log") && !name.equals("none"))
                .toList();
        if (found.size() > 1) {
            throw new TracingConfigException(
                    List.of("tracing.backend is not set, and there are several backends on the class path: "
                            + String.join(", ", found) + "; set it to one of them, or to several separated by commas"));
        }
        if (found.isEmpty()) {
            Reporter.warn(
                    "TRC-001",
                    "tracing is off: no backend is configured or on the class path. Add io.spanloom:tracing-xray or"
                            + " io.spanloom:tracing-otel, or set tracing.backend=log to see traces in the log,"
                            + " or tracing.backend=none to be content with this");
        }
        return found;
    }

    private static Backend create(TracingConfig config, Map<String, BackendProvider> providers, String name) {
        BackendProvider provider = providers.get(name);
        if (provider == null) {
            throw new TracingConfigException(List.of(missing(config, providers, name)));
        }
        try {
            return Objects.requireNonNull(provider.create(config), "its provider gave none");
        } catch (TracingConfigException problem) {
            throw problem;
        } catch (RuntimeException | LinkageError refused) {
            throw new TracingConfigException("the backend '" + name + "' cannot be set up: " + why(refused), refused);
        }
    }

    private static String why(Throwable refused) {
        if (refused instanceof LinkageError) {
            return refused + "; a jar that it needs is missing, or of another version: see mvn dependency:tree";
        }
        String words = refused.getMessage();
        boolean meantForPeople =
                refused instanceof IllegalStateException || refused instanceof IllegalArgumentException;
        return words != null && meantForPeople ? words : refused.toString();
    }

    private static String missing(TracingConfig config, Map<String, BackendProvider> providers, String name) {
        String from = "It comes from " + config.origin(TracingConfig.BACKEND);
        String found = " (found: " + String.join(", ", providers.keySet()) + ")";
        String artifact = ARTIFACTS.get(name);
        if (artifact != null) {
            return "tracing.backend = " + name + ": that backend is not on the class path" + found + "; add " + artifact
                    + ". " + from;
        }
        Set<String> known = new LinkedHashSet<>(providers.keySet());
        known.addAll(ARTIFACTS.keySet());
        String nearest = Nearest.of(name, known);
        return "tracing.backend = " + name + ": there is no such backend" + found
                + (nearest == null ? ". " : "; did you mean " + nearest + "? ")
                + TracingConfig.hint(config.get(TracingConfig.BACKEND))
                + from;
    }

    /** Whether the sampler wants to know about requests. */
    boolean describesRequests() {
        Sampler asked = sampler.peek();
        return asked != null && asked.readsRequests();
    }

    /** What the application sees as current. */
    Span current() {
        return listening.current(Objects.requireNonNull(backend.current(), "the backend gave no span"));
    }

    /**
     * False, too, where the backend or a listener threw, or did not come back in time. Listeners get what the backend leaves
     * of the time, half of it at least.
     */
    boolean flush(Duration timeout) {
        if (listening.isEmpty()) {
            return calls.flush(timeout);
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BackendCalls.millis(timeout));
        boolean first = calls.flush(Duration.ofMillis(BackendCalls.millis(timeout) / 2));
        boolean told = listening.flush(left(deadline));
        return (first || calls.flush(left(deadline))) & told;
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /** Nothing where the backend threw, or did not come back. */
    BackendStats stats() {
        return calls.stats();
    }

    void close() {
        calls.close();
        listening.close();
        try {
            sampler.close();
        } catch (RuntimeException | LinkageError thrown) {
            Reporter.warn("TRC-023", "the sampler could not be closed", thrown);
        }
    }

    private static void closeQuietly(Backend backend) {
        try {
            backend.close();
        } catch (Throwable thrown) {
            Fatal.rethrow(thrown);
            Reporter.warn("TRC-023", "the backend " + backend.name() + " could not be closed", thrown);
        }
    }

    /** What is in force, in a line. */
    String summary() {
        Sampler asked = sampler.peek();
        String sampling = switch (config.sampling()) {
            case ALL -> "sampling all (every new trace is recorded; tracing.sampling decides)";
            case NONE -> "sampling none";
            case RULES, REMOTE -> "sampling by " + (asked == null ? "rules" : asked);
        };
        return "tracing: backend " + backend.name() + ", service " + config.service() + ", " + sampling;
    }
}
