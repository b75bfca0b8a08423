package io.spanloom.examples.cruddur;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which code answers which path. */
final class Routes {

    /** Answers a request; what it throws is a 404 ({@link NotFoundException}) or a 500. */
    @FunctionalInterface
    interface Endpoint {
        Answer answer(String parameter) throws Exception;
    }

    /**
     * A path that is served.
     *
     * @param template what its spans are called: few names for many paths, so a parameter is named, not spelled out; null
     *     for what is not served
     * @param path with at most one group, the parameter
     * @param logged whether its requests have a line in the log
     */
    record Route(@Nullable String template, Pattern path, boolean logged, Endpoint endpoint) {}

    /** A route and the parameter that the path gave it; empty where it has none. */
    record Match(Route route, String parameter) {

        Answer answer() throws Exception {
            return route.endpoint().answer(parameter);
        }
    }

    /** Traced as well: somebody who knocks at every door should be seen. One name, whatever they ask for. */
    private static final Match UNKNOWN = refusal(404, "no such page");

    private static final Match NOT_GET = refusal(405, "only GET is served here");

    private final List<Route> routes;

    Routes(ActivityRepository activities, ProfileRepository profiles, ProfilesClient client) {
        var home = new HomeActivities(activities, client);
        var notifications = new NotificationsActivities(activities);
        var boom = new BoomActivities();
        var user = new UserActivities(activities, client);
        routes = List.of(
                route("/api/activities/home", "/api/activities/home", none -> Answer.ok(home.run("andrewbrown"))),
                route(
                        "/api/activities/notifications",
                        "/api/activities/notifications",
                        none -> Answer.ok(notifications.run("/api/activities/notifications"))),
                route("/api/activities/boom", "/api/activities/boom", none -> Answer.ok(boom.run())),
                route("/api/activities/@:handle", "/api/activities/@([^/]+)", handle -> Answer.ok(user.run(handle))),
                route("/api/profiles/:handle", "/api/profiles/([^/]+)", handle -> Answer.ok(profiles.find(handle))),
                // Asked every few seconds by whatever keeps the service running: not worth a line, nor a trace
                // (tracing.http.exclude).
                new Route("/api/health", Pattern.compile("/api/health"), false, none -> Answer.ok(Map.of("ok", true))));
    }

    private static Route route(@Nullable String template, String path, Endpoint endpoint) {
        return new Route(template, Pattern.compile(path), true, endpoint);
    }

    private static Match refusal(int status, String message) {
        return new Match(route(null, "/.*", none -> Answer.error(status, message)), "");
    }

    /** Never null: what is not served is answered with 404 or 405. */
    Match match(String method, URI uri) {
        if (!method.equals("GET")) {
            return NOT_GET;
        }
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(uri.getPath());
            if (matcher.matches()) {
                return new Match(route, matcher.groupCount() == 0 ? "" : matcher.group(1));
            }
        }
        return UNKNOWN;
    }
}
