package io.spanloom.weave;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.ByteBuddyAgent;

/** Gets the JVM's instrumentation without {@code -javaagent}. */
final class SelfAttachment {

    private static final String CURE = "start the JVM with -javaagent:tracing-agent.jar";

    private SelfAttachment() {}

    static Instrumentation instrumentation() throws RefusedException {
        try {
            Class.forName("net.bytebuddy.jar.asm.ClassReader", false, SelfAttachment.class.getClassLoader());
            return Attach.toThisJvm();
        } catch (ClassNotFoundException | NoClassDefFoundError missing) {
            throw new RefusedException("annotated methods are not traced: to weave in this JVM,"
                    + " net.bytebuddy:byte-buddy and net.bytebuddy:byte-buddy-agent have to be on the class path (they are"
                    + " optional); add them, or " + CURE);
        } catch (RuntimeException | LinkageError refused) {
            throw new RefusedException(
                    "annotated methods are not traced: this JVM does not let a program attach to itself" + " ("
                            + firstLine(rootOf(refused)) + "); " + CURE);
        }
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static String firstLine(Throwable thrown) {
        return thrown.toString().lines().findFirst().orElse("no reason given");
    }

    /** Apart, so that its absence is found here and not when the weaver is loaded. */
    private static final class Attach {
        static Instrumentation toThisJvm() {
            return ByteBuddyAgent.install();
        }
    }

    /** With a message for the user. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }
}
