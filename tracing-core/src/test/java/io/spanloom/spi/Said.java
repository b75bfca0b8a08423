package io.spanloom.spi;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** What is said on standard error while something runs; no slf4j provider is on the class path of these tests. */
public final class Said {

    private Said() {}

    /** Something that may fail. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** Everything said, as if nothing had been said before. */
    public static String by(Action action) throws Exception {
        LoggerFactory.getLogger(Said.class); // slf4j says first that it has no provider
        Reporter.forget();
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(err);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
