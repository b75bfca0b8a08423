package io.spanloom.agent;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code java -jar tracing-agent.jar explain [--strict] app.jar [class...]}: prints every annotated method of a jar or of a folder of
 * classes, whether it is woven, and if not, why and what to do. Jars in jars are looked into (Spring Boot, WAR). No class is
 * loaded.
 *
 * <p>Ends with 0; with 1 where the file cannot be read; with 2 where the arguments are wrong; with {@code --strict} with 3
 * where methods still need a weaver, for builds that are to have woven them all.
 */
public final class Explain {

    private static final String USAGE =
            "usage: java -jar tracing-agent.jar explain [--strict] <jar or folder of classes> [class...]\n"
                    + "or, to trace a program: java -javaagent:tracing-agent.jar -jar app.jar";

    private Explain() {}

    /** As above. */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    static int run(PrintStream out, PrintStream err, String... args) {
        boolean strict = args.length > 1 && args[1].equals("--strict");
        int first = strict ? 2 : 1;
        if (args.length <= first || !args[0].equals("explain")) {
            err.println(USAGE);
            return 2;
        }
        Path place = Path.of(args[first]);
        if (!Files.exists(place)) {
            err.println("there is no " + place + "\n" + USAGE);
            return 2;
        }
        List<String> wanted = new ArrayList<>(Arrays.asList(args).subList(first + 1, args.length));
        Findings findings = new Findings(out, wanted);
        try {
            ClassFiles.read(place, "tracing.properties", findings::configure);
            ClassFiles.read(place, ".class", findings::see);
        } catch (IOException unreadable) {
            err.println(place + " cannot be read: " + unreadable);
            return 1;
        }
        findings.summarize();
        return strict && findings.needAWeaver() ? 3 : 0;
    }
}
