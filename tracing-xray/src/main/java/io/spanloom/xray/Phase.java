package io.spanloom.xray;

/**
 * How far a span is on its way into a document. It moves by compare-and-set, so that whatever threads end a span and its
 * segment at the same moment, it leaves in exactly one document. Numbers instead of an enum: the field is a VarHandle's.
 */
final class Phase {

    /** Begun. */
    static final int OPEN = 0;
    /** Ended; nobody has decided yet in which document it goes. */
    static final int ENDED = 1;
    /** Part of its parent's document. */
    static final int EMBEDDED = 2;
    /** In a document of its own. */
    static final int ALONE = 3;
    /** Its segment ended first: marked as unfinished, and sent so unless it ends soon. */
    static final int ABANDONED = 4;
    /** Ended after it was abandoned: in a document of its own. */
    static final int LATE = 5;

    private Phase() {}
}
