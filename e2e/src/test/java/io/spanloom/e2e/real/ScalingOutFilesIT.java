package io.spanloom.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of docs/scaling-out as those read them that run them: Docker Compose's loader, Kubernetes' types, the collector. */
class ScalingOutFilesIT {

    private static final Path FILES = Path.of("..", "docs", "scaling-out");
    private static final Pattern IMAGE = Pattern.compile("image: otel/opentelemetry-collector-contrib:(\\S+)");

    @TempDir
    Path folder;

    @BeforeEach
    void copy() throws Exception {
        assumeFalse(Installed.files().isEmpty(), "there is no Go here to build their reader with");
        for (String name : List.of("agent.yml", "gateway.yml", "compose.yml", "kubernetes.yml")) {
            Files.copy(FILES.resolve(name), folder.resolve(name));
        }
    }

    private record Answer(int code, String text) {}

    private Answer run(List<String> command) throws Exception {
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .putAll(Map.of(
                        "AWS_REGION",
                        "eu-west-1",
                        "SERVICE_IMAGE",
                        "cruddur:1.0.0",
                        "AWS_EC2_METADATA_DISABLED",
                        "true"));
        Process process =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), Files.readString(out));
    }

    private Answer read(String file) throws Exception {
        return run(List.of(Installed.files(), file.replace(".yml", ""), file));
    }

    private Answer validate(String... configurations) throws Exception {
        assumeFalse(Installed.collector().isEmpty(), Installed::collectorAbsent);
        List<String> command = new ArrayList<>(List.of(Installed.collector(), "validate"));
        for (String each : configurations) {
            command.add("--config=" + each);
        }
        return run(command);
    }

    @Test
    void compose_isReadByItsLoader() throws Exception {
        Answer answer = read("compose.yml");

        assertThat(answer.code()).as(answer.text()).isZero();
        assertThat(answer.text()).contains("gateway-1:", "gateway-2:", "agent:", "backend-java:", "worker-java:");
    }

    @Test
    void kubernetes_isReadStrictlyIntoTheTypesOfItsApi() throws Exception {
        Answer answer = read("kubernetes.yml");

        assertThat(answer.code()).as(answer.text()).isZero();
        assertThat(answer.text())
                .contains("kind: DaemonSet", "kind: StatefulSet", "kind: PodDisruptionBudget", "kind: Deployment");
    }

    /** What somebody might write by mistake; the quoted part stands in the message. */
    @ParameterizedTest
    @CsvSource({
        "kubernetes.yml, hostPort: 4318, hostPrt: 4318, hostPrt",
        "kubernetes.yml, kind: DaemonSet, kind: DeamonSet, DeamonSet",
        "kubernetes.yml, 'replicas: 3', 'replicas: three', replicas",
        "kubernetes.yml, 'labels: {app: tracing-gateway}\n    spec', 'labels: {app: gateway}\n    spec', does not select",
        "kubernetes.yml, 'name: config, mountPath', 'name: files, mountPath', is no volume",
        "kubernetes.yml, 'port: health}', 'port: helth}', is no port",
        "compose.yml, './agent.yml', './agnt.yml', agnt.yml",
        "compose.yml, 'depends_on: [gateway-1', 'depends_on: [gateway-3', gateway-3",
        "compose.yml, 'stop_grace_period: 15s', 'stop_grace: 15s', stop_grace",
        "compose.yml, '&gateway\n', '&gate\n', gateway"
    })
    void mistake_isFound(String file, String right, String wrong, String said) throws Exception {
        String text = Files.readString(folder.resolve(file));
        String broken = text.replace(right.replace("\\n", "\n"), wrong.replace("\\n", "\n"));
        assertThat(broken).isNotEqualTo(text);
        Files.writeString(folder.resolve(file), broken);

        Answer answer = read(file);

        assertThat(answer.code()).isNotZero();
        assertThat(answer.text()).contains(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent.yml", "gateway.yml"})
    void collectorsFile_isValid(String file) throws Exception {
        Answer answer = validate(file);

        assertThat(answer.code()).as(answer.text()).isZero();
    }

    /** The argument by which kubernetes.yml puts DNS in the place of the list. */
    @Test
    void argumentOfKubernetes_fitsTheAgentsFile() throws Exception {
        Matcher argument = Pattern.compile("\"--config=(yaml:[^\"]+)\"")
                .matcher(Files.readString(folder.resolve("kubernetes.yml")));
        assertThat(argument.find()).isTrue();

        Answer answer = validate("agent.yml", argument.group(1));

        assertThat(answer.code()).as(answer.text()).isZero();
        assertThat(validate("agent.yml", argument.group(1).replace("hostname", "host"))
                        .code())
                .isNotZero();
    }

    /** What is run here is what the files name. */
    @ParameterizedTest
    @ValueSource(strings = {"compose.yml", "kubernetes.yml"})
    void images_areOfTheVersionThatIsTested(String file) throws Exception {
        String built = Files.readString(Path.of("real", "collector.yaml"));

        assertThat(IMAGE.matcher(Files.readString(folder.resolve(file)))
                        .results()
                        .map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(version -> assertThat(built).contains("\n  version: " + version + "\n"));
    }
}
