package io.spanloom.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * {@code java -jar tracing-agent.jar doctor [--json] [--class-path path] [app.jar]}: sets tracing up as the application would, with
 * its classes, this shell's environment and {@code -D} options, and prints what {@code Tracing.doctor()} says, beside what
 * there is to weave. Of the application nothing is run. Without an application it looks at the JVM and the environment alone.
 *
 * <p>Ends with 0 where nothing is wrong; with 1 where a file cannot be read; with 2 where the arguments are wrong; with 3
 * where there are problems.
 */
final class Doctor {

    static final String USAGE =
            "usage: java -jar tracing-agent.jar doctor [--json] [--class-path <jars and folders>] [jar or folder of classes]";

    private final PrintStream out;
    private final boolean json;

    private Doctor(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    static int run(PrintStream out, PrintStream err, String... args) {
        Deque<String> left = new ArrayDeque<>(List.of(args));
        left.poll();
        boolean json = false;
        String classPath = "";
        List<String> places = new ArrayList<>();
        while (!left.isEmpty()) {
            String word = left.remove();
            if (word.equals("--json")) {
                json = true;
            } else if (word.equals("--class-path") && !left.isEmpty()) {
                classPath = left.remove();
            } else if (word.startsWith("--")) {
                return wrong(err, word + (word.equals("--class-path") ? " needs a path" : " is no option"));
            } else {
                places.add(word);
            }
        }
        if (places.size() > 1) {
            return wrong(err, "one jar or folder at a time, the others by --class-path");
        }
        Doctor doctor = new Doctor(out, json);
        if (places.isEmpty()) {
            return doctor.withoutApp();
        }
        Path place = Path.of(places.get(0));
        if (!Files.exists(place)) {
            return wrong(err, "there is no " + place);
        }
        try {
            return doctor.examine(place, classPath);
        } catch (IOException | UncheckedIOException unreadable) {
            err.println(place + (classPath.isEmpty() ? "" : ", or its class path,") + " cannot be read: " + unreadable);
            return 1;
        }
    }

    private static int wrong(PrintStream err, String what) {
        err.println(what);
        err.println(USAGE);
        return 2;
    }

    private int withoutApp() {
        if (json) {
            out.println("{\"java\":" + quoted(java()) + "}"); // nothing was looked at that could be healthy
            return 0;
        }
        out.println(java());
        System.getenv().entrySet().stream()
                .filter(each -> each.getKey().matches("(TRACING|AWS_XRAY|OTEL)_.*|_X_AMZN_TRACE_ID"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> out.println("environment: " + each.getKey() + " = " + shown(each)));
        out.println(
                "Name the application's jar to look at the rest: its configuration, backends, sampling, and who listens");
        out.println(USAGE);
        return 0;
    }

    /** Headers and tokens are keys. */
    private static String shown(Map.Entry<String, String> variable) {
        return variable.getKey().matches(".*(HEADERS|TOKEN|KEY|SECRET|PASSWORD).*") ? "***" : variable.getValue();
    }

    private static String java() {
        return "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + "), "
                + System.getProperty("os.name");
    }

    private int examine(Path place, String classPath) throws IOException {
        List<String> weaving;
        try (ClassFiles files = ClassFiles.of(place);
                ClassFiles libraries = ClassFiles.ofPath(classPath)) {
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            weaving = Explain.look(nowhere, files, libraries, List.of()).summary();
        }
        try (UnpackedApp app = new UnpackedApp(place, classPath)) {
            Map<String, String> modules = app.modules();
            boolean mixed = modules.values().stream().distinct().count() > 1;
            Answer answer = Answer.of(app.loader());
            boolean healthy = answer.healthy() && !mixed;
            if (json) {
                out.println("{\"healthy\":" + healthy + ",\"java\":" + quoted(java()) + ",\"modules\":"
                        + quoted(modules.toString()) + ",\"mixedVersions\":" + mixed + ",\"weaving\":"
                        + quoted(String.join("; ", weaving)) + ",\"tracing\":" + answer.json() + "}");
            } else {
                print(place, weaving, modules, mixed);
                out.println(answer.text());
            }
            return healthy ? 0 : 3;
        }
    }

    private void print(Path place, List<String> weaving, Map<String, String> modules, boolean mixed) {
        out.println(place.getFileName() + ", as it would run here: " + java());
        weaving.forEach(line -> out.println("  " + line));
        if (weaving.stream().anyMatch(line -> line.matches(".* [1-9]\\d* for a weaver to weave.*"))) {
            out.println("  so start it with -javaagent:tracing-agent.jar, or weave at build time: docs/weaving.md");
        }
        if (!modules.isEmpty()) {
            out.println("  modules: " + modules);
        }
        if (mixed) {
            out.println("  PROBLEM  TRC-048 the modules are of several versions");
            out.println("           cure: import io.spanloom:tracing-bom, which holds one version for all");
            out.println("           see docs/messages.md#trc-048");
        }
        out.println();
    }

    /**
     * What the application's own {@code tracing-core} says.
     *
     * @param json an object, or null
     */
    private record Answer(boolean healthy, String text, String json) {

        /** Its logging may print: to standard error, for standard output is what machines read. */
        static Answer of(ClassLoader app) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            PrintStream standard = System.out;
            thread.setContextClassLoader(app);
            System.setOut(System.err);
            try {
                Class<?> tracing = Class.forName("io.spanloom.Tracing", true, app);
                Object diagnosis = tracing.getMethod("doctor").invoke(null);
                Answer answer = new Answer(
                        Boolean.TRUE.equals(ask(diagnosis, "isHealthy")),
                        String.valueOf(diagnosis),
                        String.valueOf(ask(diagnosis, "toJson")));
                tracing.getMethod("shutdown").invoke(null);
                return answer;
            } catch (ClassNotFoundException none) {
                return new Answer(
                        false,
                        "PROBLEM: tracing-core is not in it, so nothing is traced; add it, or name where it is by --class-path",
                        "null");
            } catch (ReflectiveOperationException | LinkageError broken) {
                Throwable cause = broken instanceof InvocationTargetException ? broken.getCause() : broken;
                return new Answer(
                        false,
                        "PROBLEM: its tracing-core cannot be asked: " + cause
                                + "; is it of this agent's version, and is slf4j-api there (--class-path)?",
                        "null");
            } finally {
                System.setOut(standard);
                thread.setContextClassLoader(before);
            }
        }

        private static Object ask(Object diagnosis, String question) throws ReflectiveOperationException {
            return diagnosis.getClass().getMethod(question).invoke(diagnosis);
        }
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                default -> json.append(c < 0x20 ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return json.append('"').toString();
    }
}
