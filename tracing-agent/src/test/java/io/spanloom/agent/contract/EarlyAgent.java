package io.spanloom.agent.contract;

/** Somebody else's agent, which loads classes of the application before its main method, and before our agent. */
public final class EarlyAgent {

    private EarlyAgent() {}

    public static void premain(String className) throws ClassNotFoundException {
        Class.forName(className, true, ClassLoader.getSystemClassLoader());
    }
}
