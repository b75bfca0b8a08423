package io.spanloom.desk;

import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tracing-desk serve}: listens until told to stop, and shows each trace when it is finished. */
@Command(
        name = "serve",
        description = "Listens for X-Ray documents and OTLP, and shows each trace once it is finished.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ServeCommand implements Callable<Integer> {
    /** Where the command line looks for a desk. */
    static final String DEFAULT_HTTP = "127.0.0.1:2080";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--xray",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:2000",
            converter = AddressConverter.class,
            description = "Where to take the X-Ray daemon's datagrams (UDP) and calls (TCP); port 0 is any free one."
                    + " Default: ${DEFAULT-VALUE}")
    private InetSocketAddress xray;

    @Option(
            names = "--otlp",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:4318",
            converter = AddressConverter.class,
            description = "Where to take OTLP over HTTP; port 0 is any free one. Default: ${DEFAULT-VALUE}")
    private InetSocketAddress otlp;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            converter = AddressConverter.class,
            description = "Where to answer the X-Ray API; port 0 is any free one."
                    + " Default: 127.0.0.1:2080, or any free port if that one is in use")
    private @Nullable InetSocketAddress http;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Keep traces in this file (SQLite), too, and begin with those that are in it.")
    private @Nullable Path file;

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            defaultValue = "128",
            description =
                    "How much memory traces may take, beyond which the oldest go; the heap (java -Xmx) has to be larger"
                            + " by half, and by 100 MB. Default: ${DEFAULT-VALUE}")
    private int memory;

    @Option(
            names = "--listen-all",
            description = "Listen on all of this machine's addresses instead of loopback (for containers);"
                    + " others can then send to the desk and read from it.")
    private boolean listenAll;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description =
                    "A name by which clients call the desk besides localhost, such as the service's name in compose;"
                            + " may be repeated.")
    private Set<String> allowedHosts = Set.of();

    @Option(names = "--json", description = "One line of JSON for each trace instead of trees.")
    private boolean json;

    @Option(names = "--once", paramLabel = "N", description = "Stop with exit code 0 after N finished traces.")
    private int once;

    @Mixin
    private ColourOption colour;

    @Override
    public Integer call() throws InterruptedException {
        if (once < 0 || (once == 0 && spec.commandLine().getParseResult().hasMatchedOption("--once"))) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--once' (N): " + once + " is not at least 1");
        }
        if (memory < 1) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--memory' (MIB): " + memory + " is not at least 1");
        }
        DeskSession session = new DeskSession(output(), System.err, once);
        TraceDesk.Builder builder = TraceDesk.builder()
                .xrayAddress(everywhere(xray))
                .otlpAddress(everywhere(otlp))
                .allowedHosts(allowedHosts)
                .memory((long) memory << 20);
        if (file != null) {
            builder.file(file);
        }
        session.run(
                http == null
                        ? builder.httpAddressIfFree(everywhere(Addresses.parse(DEFAULT_HTTP)))
                        : builder.httpAddress(everywhere(http)));
        return 0;
    }

    private InetSocketAddress everywhere(InetSocketAddress address) {
        return listenAll ? new InetSocketAddress("0.0.0.0", address.getPort()) : address;
    }

    private DeskOutput output() {
        if (json) {
            return DeskOutput.inJson(Terminal.utf8Out(), System.err);
        }
        Map<String, String> environment = System.getenv();
        PrintStream out = System.out;
        return DeskOutput.forPeople(
                out,
                new TreePrinter(
                        Glyphs.of(Terminal.charset()),
                        colour.wanted(),
                        ZoneId.systemDefault(),
                        Terminal.width(environment)));
    }
}
