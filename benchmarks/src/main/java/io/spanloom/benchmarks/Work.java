package io.spanloom.benchmarks;

/** What a traced method does beside being traced: next to nothing. */
final class Work {

    /** Calls in one invocation of a benchmark: as many subsegments as the X-Ray SDK keeps before it streams. */
    static final int CALLS = 100;

    /** The argument of every call. */
    static final String HANDLE = "andrewbrown";

    private Work() {}

    static int body(String handle, int count) {
        return handle.length() * 31 + count;
    }
}
