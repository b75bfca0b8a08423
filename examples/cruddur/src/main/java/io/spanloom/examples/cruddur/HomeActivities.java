package io.spanloom.examples.cruddur;

import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.SpanMetadata;
import io.spanloom.annotation.Traced;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** {@code GET /api/activities/home}: what everybody wrote, and who is looking at it. */
class HomeActivities {

    record Home(Profile viewer, List<Activity> activities) {}

    private final ActivityRepository activities;
    private final ProfilesClient profiles;

    HomeActivities(ActivityRepository activities, ProfilesClient profiles) {
        this.activities = activities;
        this.profiles = profiles;
    }

    @Traced
    @SpanMetadata(namespace = "activities/home", key = "count", path = "activities.size()")
    Home run(@SpanAnnotation("user_handle") String viewer) throws SQLException, IOException {
        return new Home(profiles.find(viewer), activities.home());
    }
}
