package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanloom.TracingConfig;
import io.spanloom.TracingConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonAddressTest {

    @ParameterizedTest
    @CsvSource({
        "xray:2000, xray:2000",
        "tcp:a:1 udp:b:2, b:2",
        "udp:b:2 tcp:a:1, b:2",
        "[::1]:2000, [::1]:2000",
        "udp:2000, udp:2000"
    })
    void validAddress_isReadAsItsUdpPart(String text, String expected) {
        assertThat(DaemonAddress.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "host:",
                ":2000",
                "host:0",
                "host:70000",
                "host:x",
                "::1:2000",
                "udp:a:1",
                "tcp:a:1 tcp:b:2",
                "tcp:a:1 udp:b",
                "a:1 b:2 c:3"
            })
    void invalidAddress_isAConfigurationErrorThatNamesKeyAndForms(String text) {
        TracingConfig.Builder builder =
                TracingConfig.builder().alone().backend("xray").set("tracing.xray.daemon-address", text);

        assertThatThrownBy(builder::build)
                .isInstanceOf(TracingConfigException.class)
                .hasMessageContaining("tracing.xray.daemon-address")
                .hasMessageContaining("tcp:host:port udp:host:port");
    }

    @Test
    void nothingSaid_isTheDaemonsDefault() {
        TracingConfig config = TracingConfig.builder().alone().build();

        assertThat(config.get(XRayBackendProvider.DAEMON_ADDRESS)).hasToString("127.0.0.1:2000");
    }
}
