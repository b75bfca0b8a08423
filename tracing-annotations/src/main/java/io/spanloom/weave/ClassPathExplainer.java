package io.spanloom.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Explains class files that are not loaded, as {@link Weaver#explain(Class)} does loaded ones: also what they inherit, and what
 * annotations of the application's own stand for.
 *
 * <pre>{@code
 * ClassPathExplainer explainer = new ClassPathExplainer(name -> read("target/classes/" + name + ".class"));
 * System.out.println(explainer.explain(bytes));
 * System.out.println(explainer.missing()); // supertypes that the function did not find
 * }</pre>
 *
 * <p>What only a running program knows, such as its class loaders, is not said. Each supertype is looked at once, however many
 * types have it. For one thread. Throws nothing but what the function does.
 */
public final class ClassPathExplainer {

    private final KnownTypes types;
    private final ClassFileSource source;
    private final Map<String, Boolean> supertypes = new HashMap<>();
    private final Set<String> missing = new TreeSet<>();

    /**
     * @param classPath gives the class file of an internal name ({@code com/example/Shop}), null where there is none; is
     *     not asked for types of {@code java} packages
     */
    public ClassPathExplainer(Function<String, byte @Nullable []> classPath) {
        this(classPath, "", "tracing.properties");
    }

    /**
     * With what the application's {@code tracing.properties} says of weaving; system properties and environment variables
     * count before it.
     *
     * @param properties the file's text
     * @param origin where it is from, for messages; what is wrong with it is said once on standard error (TRC-070)
     */
    public ClassPathExplainer(Function<String, byte @Nullable []> classPath, String properties, String origin) {
        this.types = new KnownTypes(WeaveSettings.ofText(properties, origin));
        this.source = classPath::apply;
    }

    /** Each annotated method: whether a build has woven it, whether a weaver would, and if not, why and what to do. */
    public Explanation explain(byte[] classFile) {
        ClassFile file;
        try {
            boolean concerned = types.concern(classFile, source);
            lookForSupertypes(classFile);
            if (!concerned) {
                return new Explanation("", List.of(), "nothing in it is annotated");
            }
            file = new ClassFile(classFile, types, source);
        } catch (RuntimeException unreadable) {
            return new Explanation("", List.of(), "the class file cannot be read: " + unreadable);
        }
        List<Explanation.Method> methods = new ArrayList<>();
        for (MethodPlan plan : file.plans()) {
            methods.add(Weaver.unloaded(plan));
        }
        return new Explanation(file.name(), methods, "");
    }

    private void lookForSupertypes(byte[] classFile) {
        for (String each : new ClassOutline(classFile).supertypes()) {
            if (!supertypes.computeIfAbsent(each, name -> source.find(name) != null)) {
                missing.add(each.replace('/', '.'));
            }
        }
    }

    /** Direct supertypes of what was explained that were not found: what is inherited from them is not known. */
    public Set<String> missing() {
        return Set.copyOf(missing);
    }
}
