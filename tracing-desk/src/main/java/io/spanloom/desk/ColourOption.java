package io.spanloom.desk;

import java.util.Map;
import picocli.CommandLine.Option;

/** Whether lines are coloured. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ColourOption {
    enum Choice {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "AUTO",
            description = "auto (on a terminal, unless NO_COLOR is set), always, never. Default: auto")
    private Choice colour;

    @Option(names = "--no-color", description = "The same as --color=never.")
    private boolean noColour;

    boolean wanted() {
        Map<String, String> environment = System.getenv();
        return switch (noColour ? Choice.NEVER : colour) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> Terminal.isTerminal() && !Terminal.refusesColour(environment);
        };
    }
}
