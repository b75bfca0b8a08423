package io.spanloom.examples.cruddur;

import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** {@code GET /api/activities/boom}: fails, to show what a failure with a cause looks like. */
class BoomActivities {

    @Traced
    List<Activity> run() {
        return scheduled("tomorrow");
    }

    /** The exception is recorded here, with its cause; the spans above carry the fault only. */
    @Subsegment("scheduled_activities")
    private List<Activity> scheduled(String when) {
        try {
            return List.of(new Activity(
                    6, "andrewbrown", "See you soon", Instant.parse(when).toString()));
        } catch (DateTimeParseException unreadable) {
            throw new IllegalStateException("an activity without a date cannot be shown", unreadable);
        }
    }
}
