package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "4318, has no port",
        "host:, is no port",
        "127.0.0.1:66000, is no port",
        "127.0.0.1:-1, is no port",
        ":2000, has no host",
        "::1:2000, needs brackets",
    })
    void badAddress_namesFlagValueAndForm(String value, String what) {
        assertThat(run("serve", "--otlp", value)).isEqualTo(2);
        assertThat(err.toString())
                .contains("--otlp")
                .contains("'" + value + "'")
                .contains(what)
                .contains("expected HOST:PORT such as 127.0.0.1:4318")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many"})
    void badCount_namesFlagAndValue(String value) {
        assertThat(run("serve", "--once=" + value)).isEqualTo(2);
        assertThat(err.toString()).contains("--once").contains(value);
    }

    @Test
    void unknownOption_isNamed() {
        assertThat(run("serve", "--jsn")).isEqualTo(2);
        assertThat(err.toString()).contains("--jsn").contains("tracing-desk serve --help");
    }

    @Test
    void noCommand_saysWhatToDo() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("tracing-desk serve");
    }

    @Test
    void portInUse_isOneLineThatHelps() throws Exception {
        try (DatagramSocket daemon = new DatagramSocket(Addresses.parse("127.0.0.1:0"))) {
            int code = run("serve", "--xray", "127.0.0.1:" + daemon.getLocalPort(), "--otlp", "127.0.0.1:0");

            assertThat(code).isEqualTo(1);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .contains("port " + daemon.getLocalPort())
                    .contains("already in use")
                    .contains("X-Ray daemon");
        }
    }

    @Test
    void help_namesEveryOptionAndItsDefault() {
        assertThat(run("serve", "--help")).isZero();
        assertThat(out.toString())
                .contains("--xray", "--otlp", "--json", "--once", "--color", "--no-color")
                .contains("127.0.0.1:2000")
                .contains("127.0.0.1:4318");
    }

    private int run(String... args) {
        CommandLine command = Main.commandLine();
        command.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    }
}
