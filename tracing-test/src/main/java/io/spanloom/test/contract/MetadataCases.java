package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.Tracing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values that are kept and not indexed: of any shape, copied at once. Events and links are among them. */
abstract class MetadataCases extends ContractCases {

    MetadataCases(BackendContract contract) {
        super(contract);
    }

    private ObservedSpan recorded(Consumer<Span> recording) {
        Tracing.run("root", root -> Tracing.run("span", recording::accept));
        return spans(2).named("span");
    }

    private @Nullable Object value(Object value) {
        return recorded(span -> span.metadata("value", value))
                .metadata("default")
                .get("value");
    }

    /** Read by core, therefore public. */
    public record Activity(String handle, int likes) {}

    /** One getter of it fails. */
    public static final class Broken {
        public String getFine() {
            return "fine";
        }

        public String getBroken() {
            throw new IllegalStateException("no session");
        }
    }

    @Test
    void valueWithoutNamespace_isInTheDefaultOne() {
        assertThat(recorded(span -> span.metadata("username", "andrewbrown")).metadata("default"))
                .containsEntry("username", "andrewbrown");
    }

    @Test
    void namespaces_areKeptApart() {
        ObservedSpan span =
                recorded(s -> s.metadata("activities/home", "count", 1).metadata("db", "count", 2));

        assertThat(span.metadata("activities/home")).containsEntry("count", 1L);
        assertThat(span.metadata("db")).containsEntry("count", 2L);
    }

    @Test
    void plainValues_keepTheirTypes() {
        ObservedSpan span = recorded(
                s -> s.metadata("t", "text").metadata("n", 7).metadata("d", 1.5).metadata("b", true));

        assertThat(span.metadata("default"))
                .containsEntry("t", "text")
                .containsEntry("n", 7L)
                .containsEntry("d", 1.5)
                .containsEntry("b", true);
    }

    @Test
    void nestedValue_keepsItsShape() {
        assertThat(value(Map.of("page", List.of(Map.of("handle", "andrew", "tags", List.of("a", "b")), 3))))
                .isEqualTo(Map.of("page", List.of(Map.of("handle", "andrew", "tags", List.of("a", "b")), 3L)));
    }

    @Test
    void record_isItsComponents() {
        assertThat(value(new Activity("andrewbrown", 5))).isEqualTo(Map.of("handle", "andrewbrown", "likes", 5L));
    }

    @Test
    void textWithQuotesAndLineBreaks_isKept() {
        assertThat(value("a \"b\" \\ \n\t 😀 \u0001")).isEqualTo("a \"b\" \\ \n\t 😀 \u0001");
    }

    @Test
    void getterThatThrows_isNotedBesideTheOthers() {
        assertThat(value(new Broken()))
                .isEqualTo(Map.of("fine", "fine", "broken", "(getter threw java.lang.IllegalStateException)"));
    }

    @Test
    void cycle_isCut() {
        List<Object> list = new ArrayList<>();
        list.add("one");
        list.add(list);

        assertThat(value(list)).isEqualTo(List.of("one", "(cycle)"));
    }

    @Test
    void secrets_areRedactedAtEveryDepth() {
        ObservedSpan span = recorded(s -> s.metadata("login", Map.of("password", "hunter2", "name", "andrew"))
                .metadata("auth", "api_token", "abc"));

        assertThat(span.metadata("default")).containsEntry("login", Map.of("password", "***", "name", "andrew"));
        assertThat(span.metadata("auth")).containsEntry("api_token", "***");
    }

    @Test
    void valueThatChangesLater_isDeliveredAsItWas() {
        Map<String, Object> live = new HashMap<>(Map.of("state", "before"));
        ObservedSpan span = recorded(s -> {
            s.metadata("live", live);
            live.put("state", "after");
        });

        assertThat(span.metadata("default")).containsEntry("live", Map.of("state", "before"));
    }

    @Test
    void emptyValues_areLeftOut() {
        ObservedSpan span =
                recorded(s -> s.metadata("text", "").metadata("list", List.of()).metadata("map", Map.of()));

        assertThat(span.metadata("default")).isEmpty();
    }

    @Test
    void sameKeyTwice_keepsTheLast() {
        assertThat(recorded(span -> span.metadata("state", "first").metadata("state", List.of(2)))
                        .metadata("default"))
                .containsEntry("state", List.of(2L));
    }

    @Test
    void keysWithDotsAndBlanks_areKept() {
        assertThat(recorded(span -> span.metadata("name space.x", "a key.y", 1)).metadata("name space.x"))
                .containsEntry("a key.y", 1L);
    }

    @Test
    void metadataOnTheRoot_isKeptToo() {
        Tracing.run("root", root -> root.metadata("rows", List.of(1, 2)));

        assertThat(spans(1).only().metadata("default")).containsEntry("rows", List.of(1L, 2L));
    }

    @Test
    void events_areAListOfMetadata() {
        ObservedSpan span = recorded(s -> s.event("cache miss").event("retry", Map.of("attempt", 2)));

        assertThat(span.metadata("events").get("list"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
                .satisfiesExactly(
                        first -> assertThat(first).containsEntry("name", "cache miss"),
                        second -> assertThat(second)
                                .containsEntry("name", "retry")
                                .containsEntry("attributes", Map.of("attempt", 2L)));
    }

    @Test
    void nameOfAnEventThatIsTooLong_isCutAt500Characters() {
        ObservedSpan span = recorded(s -> s.event("e".repeat(5_000)));

        assertThat(span.metadata("events").get("list"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
                .satisfiesExactly(event -> assertThat(event).containsEntry("name", "e".repeat(500)));
    }

    @Test
    void links_areAListOfMetadata() {
        String trace = "6b0149315b2f0c6a1d2e3f4a5b6c7d8e";
        ObservedSpan span = recorded(s -> s.link(trace, "00f067aa0ba902b7")
                .link("1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e", "00f067aa0ba902b8")
                .link("no trace", "no span"));

        assertThat(span.metadata("links"))
                .containsEntry(
                        "list",
                        List.of(
                                Map.of("trace_id", trace, "id", "00f067aa0ba902b7"),
                                Map.of("trace_id", trace, "id", "00f067aa0ba902b8")));
    }
}
