package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.instrumentation.annotations.SpanAttribute;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import io.spanloom.Tracing;
import io.spanloom.annotation.Subsegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/weaving.md shows is read, compiled and does what it says. */
class WeavingDocTest extends WovenTest {

    record Receipt(String order) {}

    static class Checkout {

        @WithSpan(kind = SpanKind.CLIENT)
        Receipt pay(@SpanAttribute("order_id") String order) {
            return new Receipt(order);
        }

        @Subsegment("ours")
        @WithSpan("theirs")
        void both() {}
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("(?s)```" + language + "\\n(.*?)```")
                .matcher(Files.readString(Path.of("../docs/weaving.md")));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    private static String squeezed(String java) {
        return java.replaceAll("//[^\\n]*", "").replaceAll("\\s+", "").replace("staticclass", "class");
    }

    @Test
    void properties_areReadAsTheyStand() throws IOException {
        assertThat(blocks("properties")).hasSize(2).allSatisfy(text -> {
            WeaveSettings settings = WeaveSettings.ofText(text, "weaving.md");
            assertThat(settings.problems()).isEmpty();
            assertThat(settings).isNotSameAs(WeaveSettings.NONE);
        });
    }

    @Test
    void java_isCompiledAndDoesWhatItsCommentsSay() throws IOException {
        String source = squeezed(Files.readString(Path.of("src/test/java/io/spanloom/weave/WeavingDocTest.java")));
        assertThat(blocks("java").stream().filter(block -> block.contains("@WithSpan")))
                .singleElement()
                .satisfies(block -> assertThat(source).contains(squeezed(block)));

        new Checkout().pay("o-1");
        assertThat(only().name()).isEqualTo("Checkout.pay");
        Tracing.run("root", span -> new Checkout().both());
        assertThat(names()).containsExactly("Checkout.pay", "ours", "root");
    }
}
