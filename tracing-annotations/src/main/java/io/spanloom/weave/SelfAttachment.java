package io.spanloom.weave;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.ByteBuddyAgent;

/** Gets the JVM's instrumentation without {@code -javaagent}. */
final class SelfAttachment {

    private static final String CURE = ". Start the JVM with -javaagent:tracing-agent.jar instead";

    private SelfAttachment() {}

    static Instrumentation instrumentation() throws RefusedException {
        try {
            return Attach.toThisJvm();
        } catch (NoClassDefFoundError missing) {
            throw new RefusedException("annotated methods are not traced: self-attachment needs"
                    + " net.bytebuddy:byte-buddy-agent on the class path; add it"
                    + CURE.replace(". Start", ", or start"));
        } catch (RuntimeException | LinkageError refused) {
            Throwable root = refused;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
            }
            throw new RefusedException(
                    "annotated methods are not traced: this JVM does not let a program attach to itself" + " ("
                            + String.valueOf(root.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("no reason given") + ")" + CURE);
        }
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
