package io.spanloom.weave;

import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * What the rules decided about an annotated method.
 *
 * @param site null where the method is left as it is
 * @param maxLocals the first local variable that the method's code does not use
 * @param remark why it is not woven, or what to know where it is; may be empty
 * @param origin {@link #BY_RULE}, or whose annotation it carries; empty where it is ours
 */
record MethodPlan(
        String name, String descriptor, @Nullable SiteCode site, int maxLocals, String remark, String origin) {

    static final String BY_RULE = "rule";

    boolean isWoven() {
        return site != null;
    }

    MethodPlan refused(String why) {
        return new MethodPlan(name, descriptor, null, maxLocals, why, origin);
    }

    /** As source code would name it, with simple names: {@code charge(Order, int)}. */
    String signature() {
        StringBuilder text = new StringBuilder(name).append('(');
        for (Type parameter : Type.getArgumentTypes(descriptor)) {
            String type = parameter.getClassName();
            text.append(text.charAt(text.length() - 1) == '(' ? "" : ", ");
            text.append(type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1));
        }
        return text.append(')').toString();
    }
}
