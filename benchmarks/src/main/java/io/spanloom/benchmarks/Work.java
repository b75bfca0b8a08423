package io.spanloom.benchmarks;

/** What a traced method does beside being traced: next to nothing. */
final class Work {

    /** Calls in one invocation of a benchmark: as many subsegments as the X-Ray SDK keeps before it streams. */
    static final int CALLS = 100;

    /** The argument of every call. */
    static final String HANDLE = "andrewbrown";

    /** Made once: what a call for an object allocates is not its result. */
    private static final StringBuilder RESULT = new StringBuilder();

    private Work() {}

    static Object result(String handle, int count) {
        return body(handle, count) == 0 ? handle : RESULT;
    }

    static int body(String handle, int count) {
        return handle.length() * 31 + count;
    }
}
