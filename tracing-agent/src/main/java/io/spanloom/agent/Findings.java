package io.spanloom.agent;

import io.spanloom.weave.Explanation;
import io.spanloom.weave.Weaver;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Prints what there is to say of each class, and counts it. */
final class Findings {

    private static final String CORE = "io/spanloom/woven/V1.class";
    private static final String READY = "no weaver has seen this file yet";

    private final PrintStream out;
    private final List<String> wanted;
    private final Set<String> found = new HashSet<>();
    private int woven;
    private int ready;
    private int impossible;
    private boolean core;
    private String properties = "";
    private String origin = "tracing.properties";

    /** @param wanted binary or simple names; empty for all classes */
    Findings(PrintStream out, List<String> wanted) {
        this.out = out;
        this.wanted = wanted;
    }

    /** Takes the application's configuration, the first that there is: what it says of weaving counts for all classes. */
    void configure(String entry, byte[] file) {
        if (properties.isEmpty()) {
            properties = new String(file, StandardCharsets.UTF_8);
            origin = entry;
        }
    }

    void see(String entry, byte[] classFile) {
        core |= entry.replace('\\', '/').endsWith(CORE);
        Explanation explanation = Weaver.explain(classFile, properties, origin);
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
        for (String each : wanted) {
            if (!found.contains(each)) {
                out.println(each + ": there is no such class in it, or nothing in it is annotated");
            }
        }
        int all = woven + ready + impossible;
        out.println(
                all == 0
                        ? "nothing is annotated"
                        : all + " annotated methods: " + woven + " woven at build time, " + ready
                                + " for a weaver to weave, " + impossible + " that stay as they are");
        Weaver.remarks().forEach(out::println);
        if (all > 0 && !core) {
            out.println(
                    "tracing-core is not in it: it has to be on the class path, where these classes are, or no method is"
                            + " traced");
        }
    }
}
