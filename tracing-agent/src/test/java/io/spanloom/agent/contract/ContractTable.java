package io.spanloom.agent.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The verdicts of a run, for people: {@code target/contract/Javaagent on JDK 17.txt}, a line for each shape. */
final class ContractTable {

    private ContractTable() {}

    static void write(String mode, Jdk jdk, Map<String, String> verdicts) throws IOException {
        Map<String, Integer> kept = new TreeMap<>();
        verdicts.forEach((name, verdict) ->
                kept.merge(name.substring(0, name.lastIndexOf(' ')), verdict.equals("ok") ? 1 : 0, Integer::sum));
        StringBuilder text = new StringBuilder();
        kept.forEach((shape, count) -> text.append(shape + " " + count + "/" + ContractApp.OUTCOMES.size() + "\n"));
        Path folder = Files.createDirectories(Path.of("target", "contract"));
        Files.writeString(folder.resolve(mode + " on " + jdk + ".txt"), text);
    }
}
