package io.spanloom.desk;

import java.net.InetSocketAddress;
import picocli.CommandLine.Option;

/** Which desk a command talks to. */
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class DeskOption {
    @Option(
            names = "--desk",
            paramLabel = "HOST:PORT",
            defaultValue = ServeCommand.DEFAULT_HTTP,
            converter = AddressConverter.class,
            description = "The running desk's address (its --http). Default: ${DEFAULT-VALUE}")
    private InetSocketAddress address;

    DeskClient client() {
        return new DeskClient(address);
    }

    InetSocketAddress address() {
        return address;
    }
}
