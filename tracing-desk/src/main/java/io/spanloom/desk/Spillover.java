package io.spanloom.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Datagrams that the system threw away because the desk did not fetch them in time: what the daemon calls spillover. Linux
 * counts them for each socket ({@code drops}, the last column of {@code /proc/net/udp}).
 */
final class Spillover {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    private Spillover() {}

    /** Of the sockets that are bound to this UDP port; -1 where the system does not say. */
    static long of(int port) {
        long drops = -1;
        for (Path table : TABLES) {
            try {
                drops = add(drops, drops(Files.readAllLines(table, StandardCharsets.US_ASCII), port));
            } catch (IOException e) {
                // Not Linux, or no IPv6: no column to read.
                continue;
            }
        }
        return drops;
    }

    static long drops(List<String> table, int port) {
        String suffix = String.format(":%04X", port);
        long drops = -1;
        for (String line : table) {
            String[] columns = line.trim().split(" +");
            if (columns.length > 2 && columns[1].endsWith(suffix) && columns[columns.length - 1].matches("[0-9]+")) {
                drops = add(drops, Long.parseLong(columns[columns.length - 1]));
            }
        }
        return drops;
    }

    private static long add(long known, long more) {
        return known < 0 ? more : more < 0 ? known : known + more;
    }
}
