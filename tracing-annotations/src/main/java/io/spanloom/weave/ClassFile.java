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

    ClassFile(byte[] bytes) {
        version = ((bytes[6] & 0xFF) << 8) | (bytes[7] & 0xFF);
        reader = new ClassReader(version > NEWEST ? withVersion(bytes.clone(), NEWEST) : bytes);
        facts = ClassFacts.read(reader);
        plans = new ArrayList<>(Rules.apply(facts));
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
