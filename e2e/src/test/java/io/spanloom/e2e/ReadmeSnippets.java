package io.spanloom.e2e;

import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.SpanMetadata;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import io.spanloom.weave.Weaver;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** The README's code, compiled; its test is {@link ActivitiesTest}. {@link SnippetsTest} holds them together. */
@SuppressWarnings({"unused", "try"})
final class ReadmeSnippets {

    record Activity(String message) {}

    interface Repository {
        List<Activity> findAll();
    }

    static class NotificationsActivities {

        @Traced
        List<Activity> run(@SpanAnnotation("user_handle") String handle) {
            return mockData();
        }

        @Subsegment("returning_mock_data")
        @SpanMetadata(namespace = "activities", key = "results", path = "size()")
        List<Activity> mockData() {
            return List.of(new Activity("Time flies"));
        }
    }

    static final class App {
        public static void main(String[] args) {
            Weaver.install();
            new NotificationsActivities().run("andrewbrown");
        }
    }

    static void byHand(Repository repository, String handle, String tenant) {
        List<Activity> results = Tracing.call("activities-notifications", span -> {
            List<Activity> found = repository.findAll();
            span.metadata("activities/notifications", "results", found);
            span.annotation("user_handle", handle);
            return found;
        });

        try (Span span = Tracing.subsegment("UserData")) {
            span.metadata("username", handle);
        }

        Tracing.current().annotation("tenant", tenant);
    }

    static void between(ExecutorService pool, Repository repository, HttpRequest.Builder request, HttpHeaders headers) {
        ExecutorService traced = Tracing.wrap(pool);
        traced.submit(() -> repository.findAll());

        Tracing.inject(request, HttpRequest.Builder::setHeader);

        try (Span span = Tracing.segment("GET /api/activities/home", headers, HttpHeaders::firstValue)) {
            span.http(Http.request("GET", "http://localhost/api/activities/home"));
            span.http(Http.response(200));
        }
    }
}
