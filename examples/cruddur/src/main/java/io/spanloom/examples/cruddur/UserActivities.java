package io.spanloom.examples.cruddur;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Traced;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** {@code GET /api/activities/@handle}: who a user is, and what they wrote. */
class UserActivities {

    record User(Profile profile, List<Activity> activities) {}

    private final ActivityRepository activities;
    private final ProfilesClient profiles;

    UserActivities(ActivityRepository activities, ProfilesClient profiles) {
        this.activities = activities;
        this.profiles = profiles;
    }

    /** @throws NotFoundException where nobody has this handle */
    @Traced(expected = NotFoundException.class)
    User run(@SpanAnnotation("user_handle") String handle) throws SQLException, IOException {
        Profile profile = profiles.find(handle);
        try (Span span = Tracing.subsegment("UserData")) {
            span.metadata("username", handle);
            span.metadata("timestamp", Instant.now().toString());
            return new User(profile, activities.of(handle));
        }
    }
}
