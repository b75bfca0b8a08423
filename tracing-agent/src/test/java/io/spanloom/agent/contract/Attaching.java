package io.spanloom.agent.contract;

import io.spanloom.weave.Weaver;
import java.util.Arrays;

/** Has the weaver attach itself, then runs another program. */
public final class Attaching {

    private Attaching() {}

    /** @param args the other program's main class, and its arguments */
    public static void main(String[] args) throws Exception {
        if (!Weaver.install().installed()) {
            throw new IllegalStateException(Weaver.install().message());
        }
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 1, args.length));
    }
}
