package io.spanloom.agent;

import io.spanloom.weave.ClassPathExplainer;
import io.spanloom.weave.Explanation;
import io.spanloom.weave.Weaver;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prints what there is to say of each class, and counts it. */
final class Findings {

    private static final String CORE = "io/spanloom/woven/V1";
    private static final String READY = "no weaver has seen this file yet";

    /** Enough to tell what is wrong with the class path. */
    private static final int NAMED = 5;

    private final PrintStream out;
    private final List<String> wanted;
    private final Function<String, byte @Nullable []> classPath;
    private ClassPathExplainer explainer;
    private final Set<String> found = new HashSet<>();
    private int woven;
    private int ready;
    private int impossible;
    private final boolean core;

    /**
     * @param wanted binary or simple names; empty for all classes
     * @param classPath gives class files by internal name
     */
    Findings(PrintStream out, List<String> wanted, Function<String, byte @Nullable []> classPath) {
        this.out = out;
        this.wanted = wanted;
        this.classPath = classPath;
        this.explainer = new ClassPathExplainer(classPath);
        this.core = classPath.apply(CORE) != null;
    }

    /** Takes the application's configuration: what it says of weaving counts for all classes. Before the classes. */
    void configure(String entry, byte[] file) {
        explainer = new ClassPathExplainer(classPath, new String(file, StandardCharsets.UTF_8), entry);
    }

    void see(String entry, byte[] classFile) {
        Explanation explanation = explainer.explain(classFile);
        String name = explanation.className();
        if (name.isEmpty()) {
            if (explanation.remark().startsWith("the class file cannot be read")) {
                out.println(entry + ": " + explanation.remark());
            }
            return;
        }
        if (explanation.methods().isEmpty() || !isWanted(name)) {
            return;
        }
        out.println(explanation);
        for (Explanation.Method method : explanation.methods()) {
            if (method.woven()) {
                woven++;
            } else if (method.text().startsWith(READY)) {
                ready++;
            } else {
                impossible++;
            }
        }
    }

    private boolean isWanted(String name) {
        if (wanted.isEmpty()) {
            return true;
        }
        for (String each : wanted) {
            if (name.equals(each) || name.endsWith('.' + each) || name.endsWith('$' + each)) {
                found.add(each);
                return true;
            }
        }
        return false;
    }

    boolean needAWeaver() {
        return ready > 0;
    }

    void summarize() {
        for (String line : summary()) {
            out.println(line);
        }
    }

    /** All of it in a few lines. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        for (String each : wanted) {
            if (!found.contains(each)) {
                lines.add(each + ": there is no such class in it, or nothing in it is annotated");
            }
        }
        int all = woven + ready + impossible;
        lines.add(
                all == 0
                        ? "nothing is annotated"
                        : all + " annotated methods: " + woven + " woven at build time, " + ready
                                + " for a weaver to weave, " + impossible + " that stay as they are");
        Weaver.remarks().forEach(lines::add);
        if (all > 0 && !core) {
            lines.add(
                    "tracing-core is not in it: it has to be on the class path, where these classes are, or no method is"
                            + " traced");
        }
        if (!explainer.missing().isEmpty()) {
            List<String> missing = List.copyOf(new TreeSet<>(explainer.missing()));
            lines.add("what is inherited from "
                    + String.join(", ", missing.subList(0, Math.min(NAMED, missing.size())))
                    + (missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "")
                    + " is not known: name the jars by --class-path");
        }
        return lines;
    }
}
