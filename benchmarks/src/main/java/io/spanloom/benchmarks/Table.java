package io.spanloom.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one table of the CSV files that JMH wrote, one for each round: medians, with the least and the greatest. */
public final class Table {

    private static final String BYTES = ":gc.alloc.rate.norm";

    private Table() {}

    /** @param args the files */
    public static void main(String[] args) throws IOException {
        Map<String, List<Double>> nanos = new LinkedHashMap<>();
        Map<String, List<Double>> bytes = new LinkedHashMap<>();
        for (String file : args) {
            read(Path.of(file), nanos, bytes);
        }
        double plain = median(nanos.getOrDefault("Plain.call", List.of(0.0)));
        System.out.println("| benchmark | ns/op | over plain | least to greatest | B/op |");
        System.out.println("|---|---:|---:|---:|---:|");
        nanos.forEach((name, times) -> System.out.printf(
                "| %s | %.2f | %.2f | %.2f to %.2f | %.0f |%n",
                name,
                median(times),
                median(times) - plain,
                times.stream().mapToDouble(Double::doubleValue).min().orElse(0),
                times.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                median(bytes.getOrDefault(name, List.of(0.0)))));
    }

    private static void read(Path file, Map<String, List<Double>> nanos, Map<String, List<Double>> bytes)
            throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty()) {
            return;
        }
        List<String> header = cells(lines.get(0));
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            String name = cells.get(0).replaceAll(".*\\.(\\w+)Benchmark\\.", "$1.");
            double score = Double.parseDouble(cells.get(header.indexOf("Score")));
            StringBuilder suffix = new StringBuilder();
            for (int i = 0; i < header.size(); i++) {
                if (header.get(i).startsWith("Param: ") && !cells.get(i).isEmpty()) {
                    suffix.append(' ').append(cells.get(i));
                }
            }
            int threads = (int) Double.parseDouble(cells.get(header.indexOf("Threads")));
            suffix.append(threads == 1 ? "" : " (" + threads + " threads)");
            if (name.endsWith(BYTES)) {
                String of = name.substring(0, name.length() - BYTES.length());
                bytes.computeIfAbsent(of + suffix, key -> new ArrayList<>()).add(score);
            } else if (!name.contains(":")) {
                nanos.computeIfAbsent(name + suffix, key -> new ArrayList<>()).add(score);
            }
        }
    }

    /** No value that we print holds a comma or a quote. */
    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1))
                .map(cell -> cell.replace("\"", ""))
                .toList();
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
