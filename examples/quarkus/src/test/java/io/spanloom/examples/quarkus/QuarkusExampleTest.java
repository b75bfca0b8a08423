package io.spanloom.examples.quarkus;

import static io.spanloom.examples.quarkus.Life.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.desk.Trace;
import io.spanloom.desk.TraceSpan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What each request looks like as a trace, from the packaged application. */
@ParameterizedClass
@ValueSource(strings = {"xray", "otel"})
class QuarkusExampleTest {

    private static final String CALLER = "1-5759e988-bd862e3fe1be46a994272793";
    private static final String CALLERS_SPAN = "53995c3f42cd8ad8";

    @TempDir
    static Path folder;

    private static final Map<String, String> ANSWERS = new HashMap<>();
    private static @Nullable Life life;

    QuarkusExampleTest(String backend) {
        assertThat(backend).isNotEmpty();
    }

    @BeforeAll
    static void assemble() throws Exception {
        Assembly.run(folder.resolve("assembly.log"));
    }

    @BeforeParameterizedClassInvocation
    static void live(String backend) throws Exception {
        Life begun = new Life(backend, folder);
        life = begun;
        for (String path : new String[] {
            "/api/activities/andrewbrown",
            "/api/count",
            "/api/elsewhere",
            "/api/profiles/nobody",
            "/api/nothing",
            "/api/unanswered"
        }) {
            ANSWERS.put(path, begun.get(path).body());
        }
        begun.get(
                "/api/profiles/called", "X-Amzn-Trace-Id", "Root=" + CALLER + ";Parent=" + CALLERS_SPAN + ";Sampled=1");
        begun.end();
    }

    @AfterParameterizedClassInvocation
    static void close() throws Exception {
        life().close();
    }

    private static Life life() {
        return Objects.requireNonNull(life);
    }

    private static Trace trace(String path, int spans) throws Exception {
        return life().trace(path, spans);
    }

    @Test
    void request_isOneTraceOverTwoServices() throws Exception {
        assertThat(ANSWERS).containsEntry("/api/activities/andrewbrown", "Andrew Brown: Time flies");

        Trace trace = trace("/api/activities/andrewbrown", 5);
        TraceSpan request = named(trace, "GET /api/activities/:handle");
        TraceSpan found = named(trace, "Activities.of");
        TraceSpan call = named(trace, "localhost");
        assertThat(trace.complete()).isTrue();
        assertThat(request.parentId()).isNull();
        assertThat(request.service()).isEqualTo("backend-quarkus");
        assertThat(request.http().get("request"))
                .extractingByKey("url")
                .asString()
                .endsWith("/api/activities/andrewbrown");
        assertThat(request.http().get("response")).containsEntry("status", 200L);
        assertThat(found.parentId()).isEqualTo(request.id());
        assertThat(found.annotations()).containsEntry("user_handle", "andrewbrown");
        assertThat(named(trace, "latest").parentId()).isEqualTo(found.id());
        assertThat(call.parentId()).isEqualTo(found.id());
        assertThat(call.http().get("response")).containsEntry("status", 200L);
        assertThat(named(trace, "GET /api/profiles/:handle").parentId()).isEqualTo(call.id());
    }

    @Test
    void callersTrace_goesOn() throws Exception {
        Trace trace = trace("/api/profiles/called", 1);

        assertThat(trace.xrayId()).isEqualTo(CALLER);
        assertThat(named(trace, "GET /api/profiles/:handle").parentId()).isEqualTo(CALLERS_SPAN);
    }

    @Test
    void whatFollowsOnAnotherThread_isBelowTheRequest() throws Exception {
        Trace trace = trace("/api/count", 2);

        assertThat(named(trace, "counted").parentId())
                .isEqualTo(named(trace, "GET /api/count").id());
    }

    @Test
    void workHandedToAnExecutor_isBelowTheSpanThatHandedItOver() throws Exception {
        Trace trace = trace("/api/elsewhere", 3);

        TraceSpan handedOver = named(trace, "Activities.countElsewhere");
        assertThat(handedOver.parentId())
                .isEqualTo(named(trace, "GET /api/elsewhere").id());
        assertThat(named(trace, "counted").parentId()).isEqualTo(handedOver.id());
    }

    @Test
    void failures_areTheCallers() throws Exception {
        TraceSpan refused = named(trace("/api/profiles/nobody", 1), "GET /api/profiles/:handle");
        TraceSpan unknown = named(trace("/api/nothing", 1), "GET");

        assertThat(refused.http().get("response")).containsEntry("status", 404L);
        assertThat(refused.error()).isTrue();
        assertThat(unknown.http().get("response")).containsEntry("status", 404L);
    }

    @Test
    void callThatNobodyAnswers_isAFault() throws Exception {
        Trace trace = trace("/api/unanswered", 2);

        assertThat(named(trace, "127.0.0.1").fault()).isTrue();
        assertThat(named(trace, "GET /api/unanswered").fault()).isTrue();
    }

    @Test
    void allTheWhile_nothingWasComplainedOf() throws Exception {
        assertThat(life().log()).contains("tracing: backend ").doesNotContain("TRC-");
    }
}
