package io.spanloom.desk.summary;

/**
 * A trace in the store, at one moment.
 *
 * @param sequence grows with the arrival of each trace's first document
 * @param revision how many documents have told something new of it
 * @param updatedMillis when the last of them came, epoch milliseconds
 */
public record HeldTrace(long sequence, TraceSummary summary, int revision, long updatedMillis) {}
