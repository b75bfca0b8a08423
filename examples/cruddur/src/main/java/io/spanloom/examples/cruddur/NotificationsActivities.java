package io.spanloom.examples.cruddur;

import io.spanloom.Tracing;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** {@code GET /api/activities/notifications}: annotations and the facade, side by side in one flow. */
class NotificationsActivities {

    private final ActivityRepository activities;

    NotificationsActivities(ActivityRepository activities) {
        this.activities = activities;
    }

    @Traced("notifications_activities")
    List<Activity> run(@SpanAnnotation("URI") String uri) throws SQLException {
        List<Activity> results = Tracing.call("activities-notifications", span -> {
            List<Activity> found = activities.notifications();
            span.metadata("activities/notifications", "results", found);
            return found;
        });
        return mockData(results);
    }

    /** Private and called on {@code this}: traced all the same. */
    @Subsegment("returning_mock_data")
    private List<Activity> mockData(List<Activity> results) {
        Tracing.current().metadata("notification results", Map.of("number", results.size()));
        return results;
    }
}
