package com.example.built;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildTimeTest {

    @Test
    void runTime_hasNoByteBuddy() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("net.bytebuddy.ByteBuddy"));
    }

    @Test
    void annotatedMethods_areTraced() throws Exception {
        String output = run();
        assertTrue(output.contains("ordered book"), output);
        assertTrue(output.matches("(?s).*Shop\\.order .*article=book.*"), output);
        assertTrue(output.contains("└─ reserve"), output);
        assertTrue(output.matches("(?s).*refuse .*sold out.*"), output);
        assertTrue(output.contains("same object: true"), output);
        assertFalse(output.contains("TRC-"), output);
    }

    @Test
    void installation_findsNothingLeftToDo() throws Exception {
        String output = run("install");
        assertTrue(output.contains("Installation[installed=true, mode=build-time"), output);
        assertFalse(output.contains("TRC-"), output);
    }

    @Test
    void index_saysWhatIsWoven() throws Exception {
        try (InputStream index = Shop.class.getResourceAsStream("/META-INF/spanloom/annotated-classes")) {
            assertEquals(
                    "woven com.example.built.Shop\n", new String(index.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Dstdout.encoding=UTF-8",
                "-Dfile.encoding=UTF-8",
                "-Dtracing.backend=log",
                "-cp",
                System.getProperty("java.class.path"),
                App.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
