package io.spanloom.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.spanloom.TracingConfig;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An OpenTelemetry SDK of our own, set up by the SDK's own autoconfiguration from the {@code OTEL_*} variables, with the
 * defaults below where they say nothing. Never made global. Its threads are daemons.
 */
final class OwnSdk implements OtelSource {

    /** Lower than every variable and system property. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.traces.exporter", "otlp",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.exporter.otlp.protocol", "http/protobuf",
            // One attribute per annotation: the SDK's 128 would lose some that X-Ray keeps.
            "otel.span.attribute.count.limit", "2000",
            "otel.span.event.count.limit", "2000",
            "otel.span.link.count.limit", "2000");

    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");

    /** The SDK's default, in case that it has one for us to read no longer. */
    private static final int QUEUE = 2048;

    /** What {@link io.spanloom.spi.Backend#close} allows. */
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private static final Duration LONGEST = Duration.ofDays(1);

    private static final long RETRY_NANOS = 1_000_000;

    /** Log each failed export by themselves; TRC-150 says it once, with the cure. By two names, older ones by the second. */
    private static final List<Logger> EXPORTER_LOGS = List.of( // held, for loggers are weakly held
            Logger.getLogger("io.opentelemetry.exporter.otlp.internal.HttpExporter"),
            Logger.getLogger("io.opentelemetry.exporter.internal.http.HttpExporter"));

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final Setup setup;

    /** {@link #tracer} when this is closed, for only that one's provider is told. */
    private volatile Tracer tracerOfChildren;

    private OwnSdk(OpenTelemetrySdk sdk, Setup setup) {
        this.sdk = sdk;
        this.setup = setup;
        this.tracer = sdk.getTracer(SCOPE);
        this.tracerOfChildren = tracerOfChildren(sdk, setup.builder, tracer);
    }

    /**
     * A tracer that differs from another in nothing but the ids of its spans, which it draws by the SDK's own generator: the
     * SDK reads what any other gives letter by letter, and the parent's trace id, too. The builder that made the SDK's
     * provider makes a second one, with the same processors, limits and resource, when all who customize it have done so.
     */
    private static Tracer tracerOfChildren(
            OpenTelemetrySdk sdk, @Nullable SdkTracerProviderBuilder builder, Tracer tracer) {
        // Somebody may have set another generator after ours: then it is asked for every span.
        boolean idsAreOurs =
                sdk.getSdkTracerProvider().toString().contains("idGenerator=" + XRayIdGenerator.NAME + ",");
        return builder != null && idsAreOurs
                ? builder.setIdGenerator(IdGenerator.random()).build().get(SCOPE)
                : tracer;
    }

    /** Null where {@code OTEL_SDK_DISABLED} says that there shall be none. */
    static @Nullable OwnSdk start(TracingConfig config) {
        return start(config, Map.of());
    }

    /** @param more properties over everything else */
    static @Nullable OwnSdk start(TracingConfig config, Map<String, String> more) {
        Setup setup = new Setup(config);
        OpenTelemetrySdk sdk;
        try {
            sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook() // core flushes at the end
                    .setServiceClassLoader(OwnSdk.class.getClassLoader())
                    .addPropertiesSupplier(() -> DEFAULTS)
                    .addPropertiesCustomizer(properties -> more)
                    .addPropertiesCustomizer(setup::read)
                    .addResourceCustomizer(setup::name)
                    .addSamplerCustomizer((sampler, properties) -> new FacadeSampler(sampler))
                    .addSpanExporterCustomizer(setup::count)
                    .addSpanProcessorCustomizer(setup::bound)
                    .addTracerProviderCustomizer((builder, properties) -> setup.last(builder))
                    .build()
                    .getOpenTelemetrySdk();
        } catch (ConfigurationException refused) {
            throw new IllegalStateException(Setup.explained(refused)); // no cause: its text may quote a header
        }
        EXPORTER_LOGS.stream().filter(log -> log.getLevel() == null).forEach(log -> log.setLevel(Level.OFF));
        if (setup.disabled) {
            sdk.close();
            return null;
        }
        OwnSdk own = new OwnSdk(sdk, setup);
        setup.flushAtRoots.by(own::flush);
        return own;
    }

    @Override
    public Tracer tracer() {
        return tracer;
    }

    @Override
    public Tracer tracerOfChildren(Tracer tracer) {
        return tracerOfChildren;
    }

    @Override
    public boolean isOwn() {
        return true;
    }

    @Override
    public boolean leavesSamplingToSdk() {
        return setup.sdkSamples;
    }

    @Override
    public String service() {
        return setup.service;
    }

    @Override
    public BackendStats stats() {
        return setup.deliveries.stats();
    }

    /**
     * Asks the batch processor until everything that ended before is settled: a flush that is asked for while the one
     * before is just over is answered by that one's result, and does nothing.
     */
    @Override
    public boolean flush(Duration timeout) {
        // For ever, and longer than the clock can count, is a day.
        Duration bounded = timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
        long deadline = System.nanoTime() + bounded.toNanos();
        long wanted = setup.deliveries.stats().offered();
        while (true) {
            long left = Math.max(0, deadline - System.nanoTime());
            boolean done = sdk.getSdkTracerProvider()
                    .forceFlush()
                    .join(left, TimeUnit.NANOSECONDS)
                    .isDone();
            if (setup.deliveries.settled() >= wanted) {
                return done;
            }
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    @Override
    public void check(Findings findings) {
        setup.endpoint.check(findings);
    }

    @Override
    public void close() {
        tracerOfChildren = tracer;
        long deadline = System.nanoTime() + CLOSE.toNanos();
        flush(CLOSE);
        sdk.shutdown().join(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        long unsent = setup.deliveries.stats().queued();
        setup.deliveries.close();
        if (unsent > 0) {
            setup.problem.reportUnsent(unsent);
        }
    }

    /** What the autoconfiguration asks and tells us, in the order of the methods. */
    private static final class Setup {
        private final TracingConfig config;
        private Deliveries deliveries = new Deliveries(QUEUE);
        private ExportProblem problem = new ExportProblem("");
        private EndpointCheck endpoint = new EndpointCheck("none", "", "");
        private String service;
        private boolean sdkSamples;
        private boolean disabled;
        private boolean counted;
        private @Nullable SdkTracerProviderBuilder builder;
        private final FlushAtRoots flushAtRoots = new FlushAtRoots();

        Setup(TracingConfig config) {
            this.config = config;
            this.service = config.service();
        }

        Map<String, String> read(ConfigProperties properties) {
            deliveries = new Deliveries(properties.getInt("otel.bsp.max.queue.size", QUEUE));
            String base = properties.getString("otel.exporter.otlp.endpoint", "http://localhost:4318");
            String traces = properties.getString(
                    "otel.exporter.otlp.traces.endpoint", base.replaceFirst("/+$", "") + "/v1/traces");
            problem = new ExportProblem(traces);
            endpoint = EndpointCheck.of(properties, ExportProblem.shown(traces));
            sdkSamples = properties.getString("otel.traces.sampler") != null
                    && !config.isSet(TracingConfig.SAMPLING)
                    && !config.isSet(TracingConfig.SAMPLING_RULES);
            disabled = properties.getBoolean("otel.sdk.disabled", false);
            return Map.of();
        }

        /** Core reads OTEL_SERVICE_NAME, too; so only what core has not been told is left to the SDK. */
        Resource name(Resource resource, ConfigProperties properties) {
            String known = resource.getAttribute(SERVICE_NAME);
            if (!config.isSet(TracingConfig.SERVICE) && known != null && !known.startsWith("unknown_service")) {
                service = known;
                return resource;
            }
            return resource.toBuilder().put(SERVICE_NAME, service).build();
        }

        /** The first exporter counts: a span that two exporters send is still one span. */
        SpanExporter count(SpanExporter exporter, ConfigProperties properties) {
            if (counted || exporter.getClass().getName().contains(".exporter.logging.")) {
                return exporter;
            }
            counted = true;
            ExportProblem reported = problem;
            return new CountedExporter(exporter, deliveries, reported::report);
        }

        SpanProcessor bound(SpanProcessor processor, ConfigProperties properties) {
            return counted && processor instanceof BatchSpanProcessor
                    ? new BoundedProcessor(processor, deliveries)
                    : processor;
        }

        /** Asked when the processors that send are in place, so that ours comes after them. */
        SdkTracerProviderBuilder last(SdkTracerProviderBuilder builder) {
            if (Sending.isSynchronous(config)) {
                builder.addSpanProcessor(flushAtRoots);
            }
            this.builder = builder;
            return builder.setIdGenerator(new XRayIdGenerator());
        }

        /** The error in words that quote no header: of causes, whose words are anybody's, only the type. */
        static String explained(ConfigurationException refused) {
            String text = String.valueOf(refused.getMessage());
            Throwable cause = refused.getCause();
            if (text.contains("headers")) {
                return "OTEL_EXPORTER_OTLP_HEADERS (or its TRACES variant) is malformed; its form is"
                        + " name=value,name=value with values percent-encoded (the value is not shown)";
            }
            if (cause != null && String.valueOf(cause.getMessage()).contains("GrpcSender")) {
                return "OTEL_EXPORTER_OTLP_PROTOCOL = grpc needs a sender that speaks gRPC: add"
                        + " io.opentelemetry:opentelemetry-exporter-sender-okhttp, or set it to http/protobuf";
            }
            if (text.contains("endpoint")) {
                text = "OTEL_EXPORTER_OTLP_ENDPOINT (or its TRACES variant) is wrong: " + text;
            }
            return cause == null ? text : text + " (" + cause.getClass().getSimpleName() + ")";
        }
    }
}
