package io.spanloom.weave;

import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Opcodes;

/** The names by which woven bytecode calls core: {@code io.spanloom.woven.V1}, which describes the protocol. */
final class WovenCode {

    /** Bootstraps of any version are in it: what calls one of them is woven. */
    static final String PACKAGE = "io/spanloom/woven/";

    static final String ENTRY = PACKAGE + "V1";
    static final String ENTRY_CLASS = ENTRY.replace('/', '.');

    static final String SPAN = "io/spanloom/Span";
    static final String EXIT = "(L" + SPAN + ";)V";
    static final String EXIT_THROWN = "(Ljava/lang/Throwable;L" + SPAN + ";)V";

    private static final String BOOTSTRAP = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
            + "Ljava/lang/invoke/MethodType;[Ljava/lang/String;)Ljava/lang/invoke/CallSite;";

    static final Handle BOOTSTRAP_ENTER = new Handle(Opcodes.H_INVOKESTATIC, ENTRY, "enter", BOOTSTRAP, false);
    static final Handle BOOTSTRAP_EXIT = new Handle(Opcodes.H_INVOKESTATIC, ENTRY, "exit", BOOTSTRAP, false);

    static final Handle BOOTSTRAP_RESULT = new Handle(Opcodes.H_INVOKESTATIC, ENTRY, "result", BOOTSTRAP, false);

    private WovenCode() {}
}
