package io.spanloom.desk;

import java.time.Duration;
import java.util.Locale;

/** Durations for people: three digits that matter and the unit that suits. */
final class Durations {
    private Durations() {}

    static String text(Duration duration) {
        long micros = duration.toSeconds() * 1_000_000 + duration.toNanosPart() / 1_000;
        if (micros < 1_000) {
            return micros + " µs";
        }
        if (micros < 999_950) {
            return decimal(micros / 1e3) + " ms";
        }
        if (micros < 59_995_000) {
            return decimal(micros / 1e6) + " s ";
        }
        long seconds = Math.round(micros / 1e6);
        return seconds < 3_600
                ? String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%dh %02dm", seconds / 3_600, seconds / 60 % 60);
    }

    private static String decimal(double value) {
        String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, value);
    }
}
