package io.spanloom.examples.cruddur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void nothingGiven_isOneServiceThatAsksItself() {
        assertThat(Options.parse(new String[0], Map.of())).isEqualTo(new Options("127.0.0.1", 8080, null, null, null));
    }

    @Test
    void commandLine_isStrongerThanTheEnvironment() {
        Options options = Options.parse(
                new String[] {"--port", "0", "--service", "profiles"},
                Map.of(
                        "CRUDDUR_PORT",
                        "4711",
                        "CRUDDUR_PROFILES",
                        "http://profiles:8080",
                        "CRUDDUR_LOG_GROUP",
                        "cruddur"));

        assertThat(options)
                .isEqualTo(new Options("127.0.0.1", 0, "profiles", URI.create("http://profiles:8080"), "cruddur"));
    }

    @Test
    void unknownOption_isNamed() {
        assertThatThrownBy(() -> Options.parse(new String[] {"--prot", "1"}, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown option --prot");
    }

    @Test
    void portThatIsNone_saysWhatIsAllowed() {
        assertThatThrownBy(() -> Options.parse(new String[] {"--port", "70000"}, Map.of()))
                .hasMessage("port 70000 is not allowed; allowed: 0 to 65535");
    }

    @Test
    void optionWithoutValue_isNamed() {
        assertThatThrownBy(() -> Options.parse(new String[] {"--port"}, Map.of()))
                .hasMessage("option --port needs a value");
    }
}
