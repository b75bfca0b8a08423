package io.spanloom.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.config.DaemonConfiguration;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.spanloom.desk.Trace;
import io.spanloom.desk.TraceDesk;
import io.spanloom.desk.TraceSpan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients of others, unmodified, each at a desk in place of the daemon, the collector or AWS: what it then shows. */
@SuppressWarnings("NullAway.Init") // start() sets the field
class DeskClientsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private TraceDesk desk;

    @BeforeEach
    void start() {
        desk = TraceDesk.builder().quiet(Duration.ofMillis(300)).start();
    }

    @AfterEach
    void stop() {
        desk.close();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String get(Service service, String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.url(path)))
                                .timeout(DEADLINE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static Service service(String name, String daemon, Map<String, String> more) throws Exception {
        return switch (name) {
            case "python" -> Service.python(daemon, more);
            case "node" -> Service.node(daemon, more);
            default -> Service.java(daemon, more);
        };
    }

    /** Of AWS's X-Ray SDKs, and Spanloom beside them. */
    @ParameterizedTest
    @ValueSource(strings = {"python", "node", "java"})
    void xraySdk_showsItsRequest(String name) throws Exception {
        try (Service service = service(name, text(desk.xrayAddress()), Map.of())) {
            assertThat(get(service, "/relay")).contains("\"" + name + "\"");
            desk.awaitTraces(1, DEADLINE); // while it runs: it may answer first, and send then
        }

        Trace trace = desk.awaitTraces(1, DEADLINE).get(0);
        TraceSpan root = trace.spans().get(0);
        assertThat(root.service()).isEqualTo(name);
        assertThat(root.kind()).isEqualTo(TraceSpan.Kind.SEGMENT);
        assertThat(root.http().get("response")).containsEntry("status", 200L);
        assertThat(root.source()).isEqualTo(TraceSpan.Source.XRAY);
        assertThat(desk.counters().rejectedTotal()).isZero();
    }

    @Test
    void xraySdkForJava_showsItsSegment() throws Exception {
        DaemonConfiguration daemon = new DaemonConfiguration();
        daemon.setDaemonAddress(text(desk.xrayAddress()));
        AWSXRayRecorder recorder = AWSXRayRecorderBuilder.standard()
                .withEmitter(Emitter.create(daemon))
                .withSamplingStrategy(new AllSamplingStrategy())
                .build();
        recorder.beginSegment("java-sdk");
        recorder.beginSubsegment("load").putAnnotation("plan", "free");
        recorder.endSubsegment();
        recorder.endSegment();

        Trace trace = desk.awaitTraces(1, DEADLINE).get(0);
        assertThat(trace.spans()).extracting(TraceSpan::name).containsExactly("java-sdk", "load");
        assertThat(trace.spans().get(1).annotations()).containsEntry("plan", "free");
        assertThat(desk.counters().rejectedTotal()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "node"})
    void openTelemetry_showsItsTrace(String name) throws Exception {
        List<String> command = name.equals("python")
                ? List.of(
                        Installed.python(), Path.of("real", "python", "otel.py").toString(), name)
                : List.of(Installed.node(), Path.of("real", "node", "otel.js").toString(), name);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> key.startsWith("OTEL_"));
        builder.environment()
                .putAll(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://" + text(desk.otlpAddress()),
                        "NODE_PATH",
                        Installed.nodeModules()));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertOtel(said.trim(), name, TraceSpan.Source.OTLP);
    }

    private void assertOtel(String traceId, String service, TraceSpan.Source source) throws Exception {
        Trace trace = desk.awaitTraces(1, DEADLINE).get(0);
        assertThat(trace.traceId()).isEqualTo(traceId);
        assertThat(trace.spans()).extracting(TraceSpan::source).containsOnly(source);
        assertThat(trace.spans().get(0).service()).isEqualTo(service);
        assertThat(trace.spans().get(1).name()).isEqualTo("load");
        assertThat(trace.spans().get(0).http().get("request")).containsEntry("method", "GET");
        assertThat(desk.counters().rejectedTotal()).isZero();
    }

    @Test
    void openTelemetryForJava_showsItsTrace() throws Exception {
        assertOtel(sendByJava(text(desk.otlpAddress())), "java-otel", TraceSpan.Source.OTLP);
    }

    private static String sendByJava(String address) {
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.builder().put("service.name", "java-otel").build())
                .addSpanProcessor(SimpleSpanProcessor.create(OtlpHttpSpanExporter.builder()
                        .setEndpoint("http://" + address + "/v1/traces")
                        .setCompression("gzip")
                        .build()))
                .build()) {
            Tracer tracer = provider.get("client");
            Span server = tracer.spanBuilder("GET /home")
                    .setSpanKind(SpanKind.SERVER)
                    .setAttribute(AttributeKey.stringKey("http.request.method"), "GET")
                    .startSpan();
            tracer.spanBuilder("load")
                    .setParent(Context.root().with(server))
                    .startSpan()
                    .end();
            server.end();
            return server.getSpanContext().getTraceId();
        }
    }

    @Test
    void collectorsXRayExporter_takesTheDeskForAws() throws Exception {
        assumeThat(Installed.collector()).as(Installed.collectorAbsent()).isNotEmpty();
        int port = freePort();
        Path folder = Files.createTempDirectory(Path.of("target"), "collector-");
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, """
                receivers: {otlp: {protocols: {http: {endpoint: "127.0.0.1:%d"}}}}
                exporters:
                  awsxray: {endpoint: "http://%s", region: eu-west-1, local_mode: true}
                service:
                  telemetry: {metrics: {level: none}}
                  pipelines: {traces: {receivers: [otlp], exporters: [awsxray]}}
                """.formatted(port, text(desk.httpAddress())));
        ProcessBuilder builder = new ProcessBuilder(Installed.collector(), "--config", config.toString());
        builder.environment().putAll(credentials());
        Process collector = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            Awaitility.await().atMost(DEADLINE).until(() -> listens(port));
            // The exporter's form is X-Ray's, so that is how the spans come.
            assertOtel(sendByJava("127.0.0.1:" + port), "java-otel", TraceSpan.Source.XRAY);
        } finally {
            collector.destroy();
            assertThat(collector.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void realDaemon_takesTheDeskForAws() throws Exception {
        assumeThat(Installed.daemon()).as(Installed.daemonAbsent()).isNotEmpty();
        assertDaemonSends(DaemonProcess.xray("http://" + text(desk.httpAddress())));
    }

    @Test
    void collectorsXRayReceiverAndExporter_takeTheDeskForAws() throws Exception {
        assumeThat(Installed.collector()).as(Installed.collectorAbsent()).isNotEmpty();
        assertDaemonSends(DaemonProcess.collector("http://" + text(desk.httpAddress())));
    }

    private void assertDaemonSends(Daemon started) throws Exception {
        try (Daemon daemon = started;
                Service service = Service.python(daemon.address())) {
            assertThat(get(service, "/relay")).contains("python");
            Trace trace = desk.awaitTraces(1, DEADLINE).get(0);
            assertThat(trace.spans().get(0).service()).isEqualTo("python");
        }
    }

    /**
     * A rule made with the AWS CLI changes what a running service samples. Clients ask for rules anew when the answer to
     * their report, every ten seconds, says that some have changed; AWS's SDK for Node takes the seconds of that answer for
     * milliseconds, and asks every five minutes alone: only with {@code -Dreal.slow=true}.
     */
    @ParameterizedTest
    @CsvSource({"python, 120", "node, 400", "java, 120"})
    void ruleByTheAwsCli_isFollowedByARunningService(String name, int seconds) throws Exception {
        assumeTrue(seconds <= 120 || Boolean.getBoolean("real.slow"), "takes minutes: -Dreal.slow=true");
        aws("update-sampling-rule", "--sampling-rule-update", "RuleName=Default,FixedRate=0,ReservoirSize=0");
        Map<String, String> central = name.equals("java")
                ? Map.of("TRACING_SAMPLING", "remote", "TRACING_SAMPLING_RULES", "")
                : Map.of("CENTRAL_SAMPLING", "true");
        try (Service service = service(name, text(desk.xrayAddress()), central)) {
            awaitSampled(service, false, seconds);
            aws(
                    "create-sampling-rule",
                    "--sampling-rule",
                    "RuleName=All,ResourceARN=*,Priority=1,FixedRate=1,ReservoirSize=100,ServiceName=" + name
                            + ",ServiceType=*,Host=*,HTTPMethod=*,URLPath=*,Version=1");
            awaitSampled(service, true, seconds);
        }
    }

    private static void awaitSampled(Service service, boolean sampled, int seconds) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(seconds))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> sampled(get(service, "/relay")) == sampled);
    }

    private static boolean sampled(String answer) {
        return answer.contains("Sampled=1") || answer.replace(" ", "").contains("\"sampled\":true");
    }

    private void aws(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Installed.python(), Installed.aws(), "--endpoint-url", "http://" + text(desk.httpAddress()), "xray"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> key.startsWith("AWS_"));
        builder.environment().putAll(credentials());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** Of nobody. */
    private static Map<String, String> credentials() {
        return Map.of(
                "AWS_ACCESS_KEY_ID", "nobody",
                "AWS_SECRET_ACCESS_KEY", "nothing",
                "AWS_REGION", "eu-west-1",
                "AWS_DEFAULT_REGION", "eu-west-1",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
