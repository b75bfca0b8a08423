package io.spanloom.woven;

import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.ThrownException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A woven method as its bytecode describes it; see {@link V1} for the form.
 *
 * @param name of what the name is made for each call; empty where it is always the spec's
 * @param continues whether what is current is written to, and a span made only where nothing is
 * @param foreign whose annotation the method carries; empty where it is ours
 * @param deferred whether spans begin with subscriptions to the result, not with the call
 */
record Site(
        SpanSpec spec,
        List<NamePart> name,
        List<Capture> captures,
        List<Constant> constants,
        boolean continues,
        String foreign,
        boolean deferred) {

    /** The same for every call; an annotation where the namespace is null. */
    record Constant(String key, String value, @Nullable String namespace) {}

    static Site parse(MethodHandles.Lookup caller, List<String> description) {
        String name = "span";
        String code = null;
        String namespace = null;
        SpanKind kind = SpanKind.INTERNAL;
        SpanSpec.Placement placement = SpanSpec.Placement.SPAN;
        String root = "";
        String foreign = "";
        boolean continues = false;
        int stackTrace = ThrownException.FRAMES;
        List<Class<? extends Throwable>> ignored = new ArrayList<>();
        List<Class<? extends Throwable>> expected = new ArrayList<>();
        for (String line : description) {
            int tab = line.indexOf('\t');
            String value = line.substring(tab + 1);
            switch (line.substring(0, Math.max(0, tab))) {
                case "name" -> name = value;
                case "code" -> code = value;
                case "namespace" -> namespace = Variables.in(value);
                case "kind" -> kind = SpanKind.valueOf(value);
                case "placement" -> placement = SpanSpec.Placement.valueOf(value);
                case "root" -> root = value;
                case "foreign" -> foreign = value;
                case "continue" -> continues = true;
                case "stackTrace" -> stackTrace = Integer.parseInt(value);
                case "ignore" -> addThrowable(caller, value, ignored);
                case "expect" -> addThrowable(caller, value, expected);
                default -> {} // a capture, or from a newer weaver
            }
        }
        SpanSpec spec = SpanSpec.named(name)
                .kind(kind)
                .namespace(namespace)
                .placement(placement)
                .codeLocation(code)
                .stackTrace(stackTrace)
                .ignore(array(ignored))
                .expect(array(expected));
        SpanSpec placed = root.isEmpty() ? spec : spec.newRoot(root.equals("linked"));
        return new Site(
                placed,
                nameParts(description),
                captures(description),
                constants(description),
                continues,
                foreign,
                description.contains("deferred\tyes"));
    }

    private static List<Constant> constants(List<String> description) {
        List<Constant> constants = new ArrayList<>();
        for (String line : description) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals("constant")) {
                constants.add(new Constant(fields[1], fields[2], fields.length > 3 ? fields[3] : null));
            }
        }
        return constants;
    }

    private static List<NamePart> nameParts(List<String> description) {
        List<NamePart> parts = new ArrayList<>();
        for (String line : description) {
            if (line.startsWith("text\t")) {
                parts.add(new NamePart(-1, "", line.substring(5)));
            } else if (line.startsWith("value\t")) {
                String[] fields = line.split("\t", -1);
                parts.add(new NamePart(Integer.parseInt(fields[1]), fields[2], fields[3]));
            }
        }
        return parts;
    }

    static List<Capture> captures(List<String> description) {
        List<Capture> captures = new ArrayList<>();
        for (String line : description) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals("annotation")) {
                captures.add(new Capture(
                        Integer.parseInt(fields[1]), fields[2], fields[3], fields[4], null, isSegment(fields, 5)));
            } else if (fields[0].equals("metadata") && !(fields.length > 7 && Variables.isRefused(fields[7]))) {
                captures.add(new Capture(
                        Integer.parseInt(fields[1]),
                        fields[2],
                        fields[3],
                        fields[4],
                        Variables.in(fields[5]),
                        isSegment(fields, 6)));
            }
        }
        return captures;
    }

    private static boolean isSegment(String[] fields, int index) {
        return fields.length > index && fields[index].equals("segment");
    }

    private static void addThrowable(MethodHandles.Lookup caller, String name, List<Class<? extends Throwable>> types) {
        try {
            ClassLoader loader = caller.lookupClass().getClassLoader();
            types.add(Class.forName(name, false, loader).asSubclass(Throwable.class));
        } catch (ClassNotFoundException | LinkageError | ClassCastException missing) {
            Reporter.warn(
                    "TRC-053",
                    "the exception type " + name + ", ignored or expected by a traced method of "
                            + caller.lookupClass().getName() + ", cannot be loaded; it is left out",
                    missing);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made otherwise
    private static Class<? extends Throwable>[] array(List<Class<? extends Throwable>> types) {
        return types.toArray(new Class[0]);
    }
}
