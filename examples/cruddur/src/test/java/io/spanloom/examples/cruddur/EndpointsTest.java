package io.spanloom.examples.cruddur;

import static io.spanloom.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.SpanKind;
import io.spanloom.Sql;
import io.spanloom.test.RecordedTrace;
import io.spanloom.test.SpanAssert;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each request looks like as a trace, through real sockets. */
class EndpointsTest {

    @RegisterExtension
    static final TracingExtension TRACING = TracingExtension.configured(
            c -> c.set("tracing.http.exclude", "/api/health").set("tracing.sql.text", "true"));

    private static @Nullable Instances shared;
    private Instances cruddur;

    /** Not before all: the extension weaves before each, and what is woven has to be loaded after that. */
    @BeforeEach
    void start() throws Exception {
        if (shared == null) {
            shared = new Instances();
        }
        cruddur = shared;
    }

    @AfterAll
    static void stop() throws SQLException {
        if (shared != null) {
            shared.close();
        }
    }

    @Test
    void home_isOneTraceOverTwoServices(TraceRecorder traces) throws Exception {
        HttpResponse<String> response = cruddur.get("/api/activities/home");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("Andrew Brown").contains("Cloud is fun!");
        SpanAssert home = assertThat(only(traces))
                .hasRoot("GET /api/activities/home")
                .withKind(SpanKind.SERVER)
                .withHttpStatus(200)
                .withoutError()
                .hasChild("HomeActivities.run")
                .withAnnotation("user_handle", "andrewbrown")
                .withMetadata("activities/home", "count", 3);
        home.hasChild("SELECT cruddur").withKind(SpanKind.CLIENT);
        home.hasChild("profiles")
                .withKind(SpanKind.CLIENT)
                .withHttpStatus(200)
                .hasChild("GET /api/profiles/:handle")
                .withKind(SpanKind.SERVER)
                .hasChild("ProfileRepository.find")
                .withAnnotation("user_handle", "andrewbrown")
                .hasChild("SELECT cruddur");
    }

    @Test
    void decisionThatIsAskedFor_isInTheAnswer() throws Exception {
        HttpResponse<String> response = cruddur.get(
                "/api/activities/notifications",
                "X-Amzn-Trace-Id",
                "Root=1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e;Sampled=?");

        assertThat(response.headers().firstValue("X-Amzn-Trace-Id"))
                .contains("Root=1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e;Sampled=1");
    }

    @Test
    void notifications_areAnnotatedAndKeepTheirResults(TraceRecorder traces) throws Exception {
        HttpResponse<String> response = cruddur.get("/api/activities/notifications");

        assertThat(response.statusCode()).isEqualTo(200);
        SpanAssert notifications = assertThat(only(traces))
                .hasRoot("GET /api/activities/notifications")
                .withHttpStatus(200)
                .hasChild("notifications_activities")
                .withAnnotation("URI", "/api/activities/notifications");
        notifications
                .hasChild("activities-notifications")
                .withMetadata(
                        "activities/notifications",
                        "results",
                        List.of(
                                new Activity(4, "bayko", "bayko followed you", "2026-02-25T12:00:00Z"),
                                new Activity(5, "worf", "worf replied: Qapla'", "2026-02-26T07:45:00Z")))
                .hasChild("SELECT cruddur");
        notifications
                .hasChild("returning_mock_data")
                .withMetadata("notification results", Map.of("number", 2))
                .hasNoChildren();
    }

    @Test
    void statements_tellTheirTextAndItsDatabase(TraceRecorder traces) throws Exception {
        cruddur.get("/api/activities/@bayko");

        assertThat(only(traces).spans())
                .filteredOn(span -> span.name().equals("SELECT cruddur"))
                .extracting(span -> span.sql())
                .containsExactlyInAnyOrder(
                        Sql.on("other_sql", "cruddur")
                                .query("SELECT handle, display_name FROM profiles WHERE handle = ?"),
                        Sql.on("other_sql", "cruddur")
                                .query("SELECT id, handle, message, created_at FROM activities"
                                        + " WHERE handle = ? AND NOT notification ORDER BY id"));
    }

    @Test
    void user_hasUserData(TraceRecorder traces) throws Exception {
        HttpResponse<String> response = cruddur.get("/api/activities/@andrewbrown");

        assertThat(response.statusCode()).isEqualTo(200);
        SpanAssert user = assertThat(only(traces))
                .hasRoot("GET /api/activities/@:handle")
                .hasChild("UserActivities.run")
                .withAnnotation("user_handle", "andrewbrown");
        user.hasChild("profiles").hasChild("GET /api/profiles/:handle");
        user.hasChild("UserData").withMetadata("username", "andrewbrown").hasChild("SELECT cruddur");
    }

    @Test
    void unknownUser_isTheCallersErrorInBothServices(TraceRecorder traces) throws Exception {
        HttpResponse<String> response = cruddur.get("/api/activities/@nobody");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"error\":\"nobody is called nobody\"}");
        assertThat(only(traces))
                .hasRoot("GET /api/activities/@:handle")
                .withError()
                .hasChild("UserActivities.run")
                .hasChild("profiles")
                .withHttpStatus(404)
                .hasChild("GET /api/profiles/:handle")
                .withError()
                .hasChild("ProfileRepository.find")
                .withException(NotFoundException.class)
                .withoutError();
    }

    @Test
    void boom_isAFaultWithItsCauseWhereItHappened(TraceRecorder traces) throws Exception {
        HttpResponse<String> response = cruddur.get("/api/activities/boom");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        RecordedTrace trace = only(traces);
        assertThat(response.body()).contains("1-" + trace.traceId().substring(0, 8));
        assertThat(trace)
                .hasRoot("GET /api/activities/boom")
                .withFault()
                .withHttpStatus(500)
                .hasChild("BoomActivities.run")
                .withFault()
                .withoutException()
                .hasChild("scheduled_activities")
                .withFault()
                .withException(IllegalStateException.class, "an activity without a date cannot be shown")
                .withException(DateTimeParseException.class);
    }

    @Test
    void traceOfTheCaller_isContinued(TraceRecorder traces) throws Exception {
        cruddur.get(
                "/api/activities/boom",
                "X-Amzn-Trace-Id",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");

        RecordedTrace trace = only(traces);
        assertThat(trace.traceId()).isEqualTo("5759e988bd862e3fe1be46a994272793");
        assertThat(trace.roots().get(0).parentSpanId()).isEqualTo("53995c3f42cd8ad8");
    }

    @Test
    void unknownPage_is404UnderOneName(TraceRecorder traces) throws Exception {
        assertThat(cruddur.get("/wp-admin").statusCode()).isEqualTo(404);

        assertThat(only(traces)).hasRoot("GET").withHttpStatus(404).withError();
    }

    @Test
    void otherMethod_is405(TraceRecorder traces) throws Exception {
        HttpResponse<String> response = cruddur.post("/api/activities/home");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET");
        assertThat(only(traces)).hasRoot("POST").withHttpStatus(405);
    }

    @Test
    void health_isNotTraced(TraceRecorder traces) throws Exception {
        assertThat(cruddur.get("/api/health").statusCode()).isEqualTo(200);
        cruddur.get("/wp-admin"); // when this one has arrived, the other would have, too

        traces.awaitTraces(1);
        assertThat(traces).hasTraces(1);
    }

    /** The answer is here a moment before the span has ended. */
    private static RecordedTrace only(TraceRecorder traces) {
        traces.awaitTraces(1);
        return traces.onlyTrace();
    }
}
