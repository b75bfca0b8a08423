package io.spanloom.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code java -jar tracing-agent.jar explain [--strict] [--class-path path] app.jar [class...]}: prints every annotated method of a
 * jar or of a folder of classes, whether it is woven, and if not, why and what to do. Jars in jars are looked into (Spring Boot,
 * WAR). The class path, in the form of java's {@code -cp}, tells which annotations are inherited from other jars. No class is
 * loaded.
 *
 * <p>Ends with 0; with 1 where a file cannot be read; with 2 where the arguments are wrong; with {@code --strict} with 3
 * where methods still need a weaver, for builds that are to have woven them all.
 */
public final class Explain {

    private static final String USAGE =
            "usage: java -jar tracing-agent.jar explain [--strict] [--class-path <jars and folders>]"
                    + " <jar or folder of classes> [class...]\n"
                    + "or, to see what is wrong: java -jar tracing-agent.jar doctor [--json] [--class-path <jars and folders>]"
                    + " [jar or folder of classes]\n"
                    + "or, to trace a program: java -javaagent:tracing-agent.jar -jar app.jar";

    private Explain() {}

    /** As above; and {@code doctor}. */
    public static void main(String[] args) {
        System.exit(
                args.length > 0 && args[0].equals("doctor")
                        ? Doctor.run(System.out, System.err, args)
                        : run(System.out, System.err, args));
    }

    static int run(PrintStream out, PrintStream err, String... args) {
        Deque<String> left = new ArrayDeque<>(List.of(args));
        if (!"explain".equals(left.poll())) {
            return wrong(err, "");
        }
        boolean strict = false;
        String classPath = "";
        while (!left.isEmpty() && left.element().startsWith("--")) {
            String option = left.remove();
            if (option.equals("--strict")) {
                strict = true;
            } else if (option.equals("--class-path") && !left.isEmpty()) {
                classPath = left.remove();
            } else {
                return wrong(err, option + (option.equals("--class-path") ? " needs a path\n" : " is no option\n"));
            }
        }
        if (left.isEmpty()) {
            return wrong(err, "");
        }
        Path place = Path.of(left.remove());
        if (!Files.exists(place)) {
            return wrong(err, "there is no " + place + "\n");
        }
        return explain(out, err, place, classPath, List.copyOf(left), strict);
    }

    private static int wrong(PrintStream err, String what) {
        err.println(what + USAGE);
        return 2;
    }

    private static int explain(
            PrintStream out, PrintStream err, Path place, String classPath, List<String> wanted, boolean strict) {
        try (ClassFiles files = ClassFiles.of(place);
                ClassFiles libraries = ClassFiles.ofPath(classPath)) {
            Findings findings = look(out, files, libraries, wanted);
            findings.summarize();
            return strict && findings.needAWeaver() ? 3 : 0;
        } catch (IOException | UncheckedIOException unreadable) {
            err.println(place + (classPath.isEmpty() ? "" : ", or its class path,") + " cannot be read: " + unreadable);
            return 1;
        }
    }

    static Findings look(PrintStream out, ClassFiles files, ClassFiles libraries, List<String> wanted)
            throws IOException {
        Findings findings = new Findings(out, wanted, name -> find(name, files, libraries));
        files.readConfiguration(findings::configure);
        files.read(findings::see);
        return findings;
    }

    private static byte @Nullable [] find(String internalName, ClassFiles files, ClassFiles libraries) {
        byte[] found = files.find(internalName);
        if (found == null) {
            found = libraries.find(internalName);
        }
        return found == null ? ofTheJdk(internalName) : found;
    }

    /** So that {@code javax.sql.DataSource} is not said to be missing. */
    private static byte @Nullable [] ofTheJdk(String internalName) {
        try (InputStream stream = ClassLoader.getPlatformClassLoader().getResourceAsStream(internalName + ".class")) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
