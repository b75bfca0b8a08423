package io.spanloom.desk;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The trace desk at a terminal.
 *
 * <pre>{@code java -jar tracing-desk.jar serve}</pre>
 *
 * <p>Exit codes: 0 when done; 1 when it cannot be done (an address cannot be had, no desk answers, a file cannot be read);
 * 2 when the command line or a filter expression is wrong; 3 when it is done and there is something to look at: findings,
 * refused documents, a trace that is not there.
 */
@Command(
        name = "tracing-desk",
        description = "Shows on your own machine what a program traces to X-Ray or by OTLP.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            ServeCommand.class,
            TailCommand.class,
            ListCommand.class,
            ShowCommand.class,
            StatsCommand.class,
            InboxCommand.class,
            WhyCommand.class,
            LintCommand.class,
            ExportCommand.class,
            ImportCommand.class
        })
@SuppressWarnings("NullAway.Init") // picocli sets the field
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    Main() {}

    /** Runs the desk, or one of its commands, and ends the JVM with its exit code. */
    public static void main(String[] args) {
        // Against one that opens connections and leaves them.
        System.setProperty("jdk.httpserver.maxConnections", "200");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        IExecutionExceptionHandler oneLine = (e, command, parsed) -> {
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            command.getErr().println(command.getColorScheme().errorText(message));
            return e instanceof CommandFailure failure ? failure.exitCode() : CommandFailure.FAILED;
        };
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(oneLine)
                .setParameterExceptionHandler(Main::explain)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** One line for what is wrong and one for where to look, instead of all the help there is. */
    private static int explain(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText(e.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do, for example: tracing-desk serve");
    }

    /** From the manifest of the jar. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tracing-desk " + version()};
        }
    }
}
