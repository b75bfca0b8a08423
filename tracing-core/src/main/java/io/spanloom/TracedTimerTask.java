package io.spanloom;

import java.util.Objects;
import java.util.TimerTask;

/** What a {@link java.util.Timer} runs, with the trace that was current where the task was made. */
final class TracedTimerTask extends TimerTask {

    private final Runnable task;

    TracedTimerTask(Runnable task) {
        this.task = TracedRunnable.of(Objects.requireNonNull(task, "task"));
    }

    @Override
    public void run() {
        task.run();
    }

    @Override
    public String toString() {
        return task.toString();
    }
}
