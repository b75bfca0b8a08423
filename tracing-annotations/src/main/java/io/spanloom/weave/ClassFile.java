package io.spanloom.weave;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Opcodes;

/** A class file, what the rules say about its methods, and its woven form. */
final class ClassFile {

    /** The newest version that the reader knows by name. Newer files are read as this one, and fail alone if they cannot. */
    private static final int NEWEST = Opcodes.V28 & 0xFFFF;

    private final ClassReader reader;
    private final int version;
    private final ClassFacts facts;
    private final List<MethodPlan> plans;

    /** By itself: annotations count where they are written. */
    ClassFile(byte[] bytes) {
        this(bytes, new KnownTypes(), ClassFileSource.NONE);
    }

    /** With what its supertypes, and the annotations that are not ours, have to say. */
    ClassFile(byte[] bytes, KnownTypes types, ClassFileSource source) {
        this(bytes, bytes, types, source);
    }

    /**
     * A class that is loaded already: the JVM gives its file back without the annotations that are not for run time, such as
     * an application's own that stand for ours.
     *
     * @param written the file as it was loaded, whose annotations count
     */
    ClassFile(byte[] bytes, byte[] written, KnownTypes types, ClassFileSource source) {
        version = version(bytes);
        reader = reader(bytes);
        facts = ClassFacts.read(reader);
        if (written != bytes) {
            facts.annotationsFrom(ClassFacts.read(reader(written)));
        }
        facts.resolve(each -> types.meaning(each, source));
        plans = new ArrayList<>(Rules.apply(
                facts, each -> types.find(each, source), types.settings().selection()));
    }

    static ClassReader reader(byte[] bytes) {
        return new ClassReader(version(bytes) > NEWEST ? withVersion(bytes.clone(), NEWEST) : bytes);
    }

    private static int version(byte[] bytes) {
        return ((bytes[6] & 0xFF) << 8) | (bytes[7] & 0xFF);
    }

    /** The binary name. */
    String name() {
        return facts.name;
    }

    /** What is decided about each method that an annotation is about. */
    List<MethodPlan> plans() {
        return List.copyOf(plans);
    }

    boolean hasWork() {
        for (MethodPlan plan : plans) {
            if (plan.isWoven()) {
                return true;
            }
        }
        return false;
    }

    /** Writes it with every method woven that can be. One that cannot be is left as it is, and its plan says why. */
    byte[] weave() {
        while (true) {
            Map<String, MethodPlan> woven = new LinkedHashMap<>();
            for (MethodPlan plan : plans) {
                if (plan.isWoven()) {
                    woven.put(plan.name() + plan.descriptor(), plan);
                }
            }
            try {
                byte[] bytes = ClassRewriter.rewrite(reader, woven);
                return version > NEWEST ? withVersion(bytes, version) : bytes;
            } catch (MethodRefusedException refused) {
                plans.replaceAll(plan -> refused.method.equals(plan.name() + plan.descriptor())
                        ? plan.refused("it could not be rewritten: " + refused.getCause())
                        : plan);
                if (!woven.containsKey(refused.method)) {
                    throw new IllegalStateException(refused);
                }
            }
        }
    }

    private static byte[] withVersion(byte[] bytes, int version) {
        bytes[6] = (byte) (version >> 8);
        bytes[7] = (byte) version;
        return bytes;
    }
}
