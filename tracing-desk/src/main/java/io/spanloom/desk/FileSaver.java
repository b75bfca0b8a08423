package io.spanloom.desk;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Brings a store's changes into its file, on a thread of its own: receiving never waits for a disk. */
final class FileSaver implements Closeable {
    private static final long PAUSE_MILLIS = 200;

    /** Of one transaction: long enough to be fast, short enough to hold the store's lock for milliseconds. */
    private static final int BATCH = 2_000;

    private static final long CLOSE_SECONDS = 10;

    private final TraceStore store;
    private final TraceFile file;
    private final Complaints complaints;
    private final ScheduledExecutorService thread;

    /** Of the thread alone. */
    private long savedOldest;

    FileSaver(TraceStore store, TraceFile file, Complaints complaints) {
        this.store = store;
        this.file = file;
        this.complaints = complaints;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread saver = new Thread(task, "desk-file");
            saver.setDaemon(true);
            return saver;
        });
        var unused = thread.scheduleWithFixedDelay(this::saveAll, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void saveAll() {
        try {
            boolean more = true;
            while (more) {
                List<TraceStore.Unsaved> changes = store.takeUnsaved(BATCH);
                more = !changes.isEmpty();
                save(changes);
            }
        } catch (SQLException | RuntimeException e) {
            complaints.say("the file cannot be written; it is tried again", String.valueOf(e.getMessage()));
        }
    }

    private void save(List<TraceStore.Unsaved> changes) throws SQLException {
        long oldest = store.oldestSequence();
        if (changes.isEmpty() && oldest == savedOldest) {
            return;
        }
        try {
            file.save(changes, oldest);
            savedOldest = oldest;
        } catch (SQLException | RuntimeException e) {
            store.putBack(changes);
            throw e;
        }
    }

    /** Waits ten seconds at most for what is being saved, and then saves the rest. */
    @Override
    public void close() throws IOException {
        try {
            thread.shutdown();
            boolean ended = thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            if (ended) {
                saveAll();
                file.close();
            } else {
                complaints.say("the file was not written to its end", "gave up after " + CLOSE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
