package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanloom.Outcome;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.annotation.SpanMetadata;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import io.spanloom.spi.Reporter;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Defects that other libraries have or had; the table of RATIONALE.md says which test keeps each from being ours. */
class PeersDefectsTest extends WovenTest {

    /** Serializes to an exception. */
    static final class Unserializable {
        public String getText() {
            throw new IllegalStateException("cannot be serialized");
        }
    }

    static class Shop {
        @Traced
        @SpanMetadata(key = "result")
        Object find(@SpanMetadata(key = "first") String first, @SpanMetadata(key = "second") String second) {
            return first + second;
        }

        @Traced
        @SpanMetadata(key = "result")
        Unserializable give(Unserializable value) {
            return value;
        }

        @Subsegment("part")
        String part(String text) {
            return text;
        }

        @Traced
        void fail(@SpanMetadata(key = "value") Unserializable value, Error thrown) {
            throw thrown;
        }
    }

    private final Shop shop = new Shop();

    @Test
    void severalMetadataOfOneSpan_areAllKept() {
        assertThat(shop.find("a", "b")).isEqualTo("ab");
        assertThat(only().metadata()).hasSize(1);
        assertThat(only().metadata().values().iterator().next()).containsKeys("first", "second", "result");
    }

    @Test
    void resultThatCannotBeSerialized_isReturnedAsItIs() {
        Unserializable value = new Unserializable();
        assertThat(shop.give(value)).isSameAs(value);
        assertThat(only().outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void parameterThatCannotBeSerialized_hidesNoException() {
        Error thrown = new AssertionError("the application's own");
        assertThat(catchThrowable(() -> shop.fail(new Unserializable(), thrown)))
                .isSameAs(thrown)
                .hasNoSuppressedExceptions();
        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
    }

    /** Once, at its start; nothing is said again, nor held back, where it ends. */
    @Test
    void missingContext_isComplainedAboutOnceForEachCall() throws Exception {
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .backend("memtest")
                .set("tracing.context-missing", "warn")
                .build());
        Method forget = Reporter.class.getDeclaredMethod("forget");
        forget.setAccessible(true);
        forget.invoke(null);
        assertThat(complaints()).isZero();
        assertThat(shop.part("a")).isEqualTo("a");
        assertThat(complaints()).isEqualTo(1);
        assertThat(shop.part("b")).isEqualTo("b");
        assertThat(complaints()).isEqualTo(2);
        assertThat(names()).isEmpty();
    }

    /** How often TRC-010 was said, or held back: of complaints within a minute only the first is seen. */
    private static long complaints() throws ReflectiveOperationException {
        Field field = Reporter.class.getDeclaredField("SAID");
        field.setAccessible(true);
        Object said = ((Map<?, ?>) field.get(null)).get("TRC-010");
        if (said == null) {
            return 0;
        }
        Field heldBack = said.getClass().getDeclaredField("heldBack");
        heldBack.setAccessible(true);
        return 1 + ((AtomicLong) heldBack.get(said)).get();
    }

    @Test
    void table_namesTestsThatExist() throws Exception {
        String text = Files.readString(Path.of("RATIONALE.md"));
        int start = text.indexOf("## Defects of peers");
        assertThat(start).isPositive();
        Matcher named = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`").matcher(text.substring(start));
        List<String> missing = new ArrayList<>();
        int found = 0;
        while (named.find()) {
            Class<?> test = Class.forName("io.spanloom.weave." + named.group(1));
            boolean exists = Arrays.stream(test.getDeclaredMethods())
                    .anyMatch(each -> each.getName().equals(named.group(2)) && each.isAnnotationPresent(Test.class));
            if (exists) {
                found++;
            } else {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(20);
    }
}
