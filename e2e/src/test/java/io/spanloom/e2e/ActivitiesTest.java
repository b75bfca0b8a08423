package io.spanloom.e2e;

import static io.spanloom.test.TraceAssertions.assertThat;

import io.spanloom.e2e.ReadmeSnippets.NotificationsActivities;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's test, run. */
@ExtendWith(TracingExtension.class)
class ActivitiesTest {

    @Test
    void run_isTraced(TraceRecorder traces) {
        new NotificationsActivities().run("andrewbrown");

        assertThat(traces)
                .onlyTrace()
                .hasRoot("NotificationsActivities.run")
                .withAnnotation("user_handle", "andrewbrown")
                .hasChild("returning_mock_data")
                .withoutError();
    }
}
