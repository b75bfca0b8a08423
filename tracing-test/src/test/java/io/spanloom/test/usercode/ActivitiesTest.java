package io.spanloom.test.usercode;

import static io.spanloom.test.TraceAssertions.assertThat;

import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.SpanMetadata;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** What a user writes: an annotated class and its test, with nothing else set up. */
@Isolated
@ExtendWith(TracingExtension.class)
class ActivitiesTest {

    static class NotificationsActivities {

        @Traced
        List<String> run(@SpanAnnotation("user_handle") String handle) {
            return mockData();
        }

        @Subsegment("returning_mock_data")
        @SpanMetadata(namespace = "activities", key = "results", path = "size()")
        private List<String> mockData() {
            return List.of("one", "two");
        }
    }

    @Test
    void tracesTheRead(TraceRecorder traces) {
        new NotificationsActivities().run("andrewbrown");

        assertThat(traces)
                .onlyTrace()
                .hasRoot("NotificationsActivities.run")
                .withAnnotation("user_handle", "andrewbrown")
                .hasChild("returning_mock_data")
                .withMetadata("activities", "results", 2)
                .withoutError();
    }
}
