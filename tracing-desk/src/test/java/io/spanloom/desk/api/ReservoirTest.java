package io.spanloom.desk.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class ReservoirTest {
    private static final int CLIENTS = 10_000;

    private final Reservoir reservoir = new Reservoir(new Random(5));

    @Test
    void onlyClient_getsAllOfIt() {
        assertThat(reservoir.quota("a", 5, 100, 0)).isEqualTo(5);
        assertThat(reservoir.quota("a", 5, 1, 10)).isEqualTo(5);
    }

    @Test
    void secondClient_waitsUntilTheFirstHasReported() {
        reservoir.quota("a", 10, 100, 0);
        assertThat(reservoir.quota("b", 10, 100, 1)).isZero();
        assertThat(reservoir.quota("a", 10, 100, 10)).isEqualTo(5);
        assertThat(reservoir.quota("b", 10, 100, 11)).isEqualTo(5);
    }

    @Test
    void silentClient_isForgottenWhenItsQuotaHasEnded() {
        reservoir.quota("a", 10, 100, 0);
        assertThat(reservoir.quota("b", 10, 100, Reservoir.TTL)).isZero();
        assertThat(reservoir.quota("b", 10, 100, Reservoir.TTL + 1)).isEqualTo(10);
    }

    @Test
    void smallerReservoir_takesQuotasBackAsTheyEnd() {
        reservoir.quota("a", 10, 100, 0);
        assertThat(reservoir.quota("b", 4, 100, 1)).isZero();
        assertThat(reservoir.quota("a", 4, 100, 10)).isEqualTo(2);
    }

    @Test
    void noReservoir_givesNothing() {
        assertThat(reservoir.quota("a", 0, 100, 0)).isZero();
    }

    @Test
    void tenThousandClients_neverHaveMoreThanTheReservoir() {
        Fleet fleet = new Fleet(25_000, new Random(1));
        Random traffic = new Random(2);
        for (int second = 0; second < 120; second++) {
            fleet.report(second, client -> traffic.nextInt(1000));
        }
        assertThat(fleet.valid(119)).isGreaterThan(25_000 * 9 / 10);
    }

    @Test
    void moreClientsThanTraces_shareInTurn() {
        Fleet fleet = new Fleet(50, new Random(3));
        boolean[] had = new boolean[CLIENTS];
        for (int second = 0; second < 300; second++) {
            fleet.report(second, client -> 10);
            for (int client = 0; client < CLIENTS; client++) {
                had[client] |= fleet.quotas[client] > 0;
            }
        }
        assertThat(fleet.valid(299)).isBetween(25L, 50L);
        int served = 0;
        for (boolean one : had) {
            served += one ? 1 : 0;
        }
        assertThat(served).isGreaterThan(500);
    }

    @Test
    void shiftOfTraffic_isFollowedWithinThreeIntervals() {
        int size = 20_000;
        Fleet fleet = new Fleet(size, new Random(4));
        int second = 0;
        for (; second < 60; second++) {
            fleet.report(second, client -> client < CLIENTS / 2 ? 100 : 0);
        }
        assertThat(fleet.validOf(second - 1, 0, CLIENTS / 2)).isGreaterThan(size * 9L / 10);

        // From one second to the next the other half is asked, and the first falls silent.
        for (; second < 60 + 3 * Reservoir.INTERVAL; second++) {
            fleet.report(second, client -> client < CLIENTS / 2 ? 0 : 100);
        }

        assertThat(fleet.validOf(second - 1, CLIENTS / 2, CLIENTS)).isGreaterThan(size * 9L / 10);
        assertThat(fleet.validOf(second - 1, 0, CLIENTS / 2)).isZero();
    }

    /** Clients that report every ten seconds, each at a second of its own, if they have something to report. */
    private final class Fleet {
        private final int size;
        private final int[] beat = new int[CLIENTS];
        private final int[] quotas = new int[CLIENTS];
        private final long[] until = new long[CLIENTS];

        Fleet(int size, Random random) {
            this.size = size;
            Arrays.setAll(beat, client -> random.nextInt(Reservoir.INTERVAL));
            Arrays.fill(until, -1);
        }

        /** All of one second; the quotas that clients take for valid stay within the reservoir after each report. */
        void report(long second, IntToLongFunction requests) {
            for (int client = 0; client < CLIENTS; client++) {
                if (beat[client] == second % Reservoir.INTERVAL) {
                    long count = requests.applyAsLong(client);
                    if (count > 0) {
                        quotas[client] = reservoir.quota("client" + client, size, count, second);
                        until[client] = second + Reservoir.TTL;
                    }
                }
            }
            assertThat(valid(second)).isLessThanOrEqualTo(size);
        }

        long valid(long second) {
            return validOf(second, 0, CLIENTS);
        }

        long validOf(long second, int from, int to) {
            long sum = 0;
            for (int client = from; client < to; client++) {
                sum += until[client] >= second ? quotas[client] : 0;
            }
            return sum;
        }
    }
}
