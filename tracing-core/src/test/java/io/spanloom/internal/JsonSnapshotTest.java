package io.spanloom.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSnapshotTest {

    private static @Nullable String json(@Nullable Object value) {
        return JsonSnapshot.of("value", value);
    }

    // --- shapes ------------------------------------------------------------------------------------------------------

    /** A record of a test. */
    public record Point(int x, @Nullable Point next) {}

    /** A bean of a test, with everything that is not read. */
    public static final class Bean {
        public String getName() {
            return "bean";
        }

        public boolean isReady() {
            return true;
        }

        public String getURL() {
            return "u";
        }

        public String getIndexed(int index) {
            throw new AssertionError("has a parameter");
        }

        public static String getShared() {
            throw new AssertionError("is static");
        }

        public String get() {
            throw new AssertionError("has no name");
        }

        String getHidden() {
            throw new AssertionError("is not public");
        }

        public void getVoid() {
            throw new AssertionError("returns nothing");
        }
    }

    @Test
    void plainValues_areWrittenAsJsonHasThem() {
        assertThat(json("a")).isEqualTo("\"a\"");
        assertThat(json('c')).isEqualTo("\"c\"");
        assertThat(json(TimeUnit.DAYS)).isEqualTo("\"DAYS\"");
        assertThat(json(true)).isEqualTo("true");
        assertThat(json(null)).isEqualTo("null");
        assertThat(json(Optional.of(1))).isEqualTo("1");
        assertThat(json(Optional.empty())).isEqualTo("null");
    }

    @Test
    void valuesWhoseTextSaysAll_areText() {
        assertThat(json(Instant.EPOCH)).isEqualTo("\"1970-01-01T00:00:00Z\"");
        assertThat(json(Duration.ofSeconds(3))).isEqualTo("\"PT3S\"");
        assertThat(json(new UUID(0, 1))).isEqualTo("\"00000000-0000-0000-0000-000000000001\"");
        assertThat(json(java.net.URI.create("a:b"))).isEqualTo("\"a:b\"");
        assertThat(json(String.class)).isEqualTo("\"class java.lang.String\"");
    }

    @Test
    void numbers_loseNothingInAReaderWithDoubles() {
        assertThat(json(1L << 53)).isEqualTo("9007199254740992");
        assertThat(json((1L << 53) + 1)).isEqualTo("\"9007199254740993\"");
        assertThat(json(Long.MIN_VALUE)).isEqualTo("\"-9223372036854775808\"");
        assertThat(json(1.5f)).isEqualTo("1.5");
        assertThat(json(Double.NaN)).isEqualTo("\"NaN\"");
        assertThat(json(new BigDecimal("12.50"))).isEqualTo("12.50");
        assertThat(json(new BigDecimal("1234567890.1234567890"))).isEqualTo("\"1234567890.1234567890\"");
        assertThat(json(BigInteger.TEN.pow(30))).isEqualTo("\"1" + "0".repeat(30) + "\"");
        assertThat(json(new BigDecimal("1e999999999"))).isEqualTo("\"1E+999999999\"");
    }

    @Test
    void containers_keepTheirOrder() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("b", new int[] {1, 2});
        map.put(7, List.of("x", Collections.singletonList(null)));

        assertThat(json(map)).isEqualTo("{\"b\":[1,2],\"7\":[\"x\",[null]]}");
    }

    @Test
    void recordAndBean_areTheirProperties() {
        assertThat(json(new Point(1, new Point(2, null)))).isEqualTo("{\"x\":1,\"next\":{\"x\":2,\"next\":null}}");
        assertThat(json(new Bean())).isEqualTo("{\"URL\":\"u\",\"name\":\"bean\",\"ready\":true}");
    }

    @Test
    void objectOfTheJdkWithoutProperties_isItsText() {
        assertThat(json(new StringBuilder("built"))).isEqualTo("\"built\"");
        assertThat(json(Thread.State.NEW)).isEqualTo("\"NEW\"");
    }

    @Test
    void bytes_areCounted() {
        assertThat(json(new byte[1_000_000])).isEqualTo("\"(1000000 bytes)\"");
    }

    @Test
    void emptyValues_areNothing() {
        assertThat(json("")).isNull();
        assertThat(json(List.of())).isNull();
        assertThat(json(Map.of())).isNull();
        assertThat(json(new int[0])).isNull();
        assertThat(json(Map.of("a", List.of()))).isEqualTo("{\"a\":[]}");
    }

    @Test
    void textThatJsonHasToEscape_isEscaped() {
        assertThat(json("\"\\\n\r\t\u0000\u001f/é😀")).isEqualTo("\"\\\"\\\\\\n\\r\\t\\u0000\\u001f/é😀\"");
        assertThat(json(new java.math.BigDecimal("999999999999999E299"))).isEqualTo("\"9.99999999999999E+313\"");
        assertThat(json("\ud800 alone \udc00")).isEqualTo("\"? alone ?\"");
    }

    // --- bounds ------------------------------------------------------------------------------------------------------

    @Test
    void depthBeyondEightLevels_isMarked() {
        Object nested = "end";
        for (int i = 0; i < 9; i++) {
            nested = List.of(nested);
        }

        assertThat(json(nested)).isEqualTo("[[[[[[[[\"(deeper than 8 levels)\"]]]]]]]]");
    }

    @Test
    void widthBeyond256Elements_isCounted() {
        List<Integer> many = IntStream.range(0, 1_000).boxed().toList();

        assertThat(json(many)).startsWith("[0,1,").endsWith(",255,\"744 more\"]");
        assertThat(json(IntStream.range(0, 1_000).toArray())).endsWith(",255,\"744 more\"]");
    }

    @Test
    void mapBeyond256Entries_isCounted() {
        Map<Integer, Integer> map = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            map.put(i, i);
        }

        assertThat(json(map)).endsWith("\"255\":255,\"...\":\"44 more\"}");
    }

    @Test
    void longText_isCutAndCounted() {
        assertThat(json("a".repeat(5_000))).isEqualTo("\"" + "a".repeat(4_096) + "... (904 more characters)\"");
    }

    @Test
    void sizeBeyond16KiB_isCounted() {
        String json = json(Collections.nCopies(200, "a".repeat(1_000)));

        assertThat(json).hasSizeBetween(15 * 1024, 16 * 1024).endsWith("more\"]");
    }

    static Stream<Named<Object>> large() {
        Object tree = "leaf";
        Object keyed = "leaf";
        for (int i = 0; i < 7; i++) {
            tree = Collections.nCopies(200, tree);
            keyed = Map.of("k".repeat(3_000), keyed, "l".repeat(3_000), keyed, "\0".repeat(3_000), keyed);
        }
        return Stream.of(
                Named.of("wide at every level", tree),
                Named.of("long keys at every level", keyed),
                Named.of("one long key", Map.of("k".repeat(1_000_000), 1)),
                Named.of("wide characters", Collections.nCopies(200, "é€😀".repeat(100))),
                Named.of("control characters", Collections.nCopies(200, "\0".repeat(4_000))),
                Named.of("quotes", Collections.nCopies(200, "\"".repeat(4_000))),
                Named.of("halves of pairs", Collections.nCopies(200, "\ud800".repeat(4_000))));
    }

    @ParameterizedTest
    @MethodSource("large")
    void largeValue_staysWithin16KiBOfUtf8(Object large) {
        assertThat(String.valueOf(json(large)).getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(16 * 1024);
    }

    @Test
    void textThatDoesNotFitAnyMore_isCutBetweenCharacters() {
        String json = json(Collections.nCopies(10, "😀".repeat(1_500)));

        assertThat(json).doesNotContain("\\ud83d").contains("😀... (");
    }

    @Test
    void keysOfTheSameText_staySeparateMembers() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(1, "number");
        map.put("1", "text");
        map.put(1L, "long");

        assertThat(json(map)).isEqualTo("{\"1\":\"number\",\"1 (2)\":\"text\",\"1 (3)\":\"long\"}");
    }

    @Test
    void endlessCollection_isLeftAtItsWidth() {
        List<Integer> endless = new AbstractList<>() {
            @Override
            public Integer get(int index) {
                return index;
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        };

        assertThat(json(endless)).endsWith(",255,\"2147483391 more\"]");
    }

    @Test
    void cycles_areCut() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("self", map);
        Object[] array = new Object[1];
        array[0] = List.of((Object) array);

        assertThat(json(map)).isEqualTo("{\"self\":\"(cycle)\"}");
        assertThat(json(array)).isEqualTo("[[\"(cycle)\"]]");
    }

    @Test
    void sameValueTwiceSideBySide_isNoCycle() {
        List<Integer> shared = List.of(1);

        assertThat(json(List.of(shared, shared))).isEqualTo("[[1],[1]]");
    }

    // --- what is not touched -----------------------------------------------------------------------------------------

    @Test
    void iteratorsAndStreams_areNotUsedUp() {
        Iterator<Integer> iterator = List.of(1).iterator();
        Stream<Integer> stream = Stream.of(1);

        assertThat(json(iterator)).startsWith("\"(").endsWith(")\"");
        assertThat(json(Map.of("s", stream))).startsWith("{\"s\":\"(");
        assertThat(iterator.hasNext()).isTrue();
        assertThat(stream.toList()).containsExactly(1);
    }

    @Test
    void suppliersFuturesAndResources_areNotStarted() {
        Supplier<String> supplier = () -> {
            throw new AssertionError("called");
        };
        AutoCloseable resource = new java.io.ByteArrayInputStream(new byte[] {1});

        assertThat(json(supplier)).startsWith("\"(");
        assertThat(json(new CompletableFuture<String>())).isEqualTo("\"(CompletableFuture)\"");
        assertThat(json(resource)).isEqualTo("\"(ByteArrayInputStream)\"");
        assertThat(json(java.nio.ByteBuffer.allocate(4))).startsWith("\"(");
    }

    /** As {@code javax.sql.DataSource} and uploads are: reading it opens something. */
    public static final class Opening {
        public java.io.InputStream getInputStream() {
            throw new AssertionError("opened");
        }

        public Iterator<String> getRows() {
            throw new AssertionError("begun");
        }

        public String getName() {
            return "upload";
        }
    }

    /** The same as a record: its accessors give what is there already. */
    public record Holding(Supplier<String> supplier, int size) {}

    @Test
    void gettersThatGiveResources_areNotCalled() {
        assertThat(json(new Opening()))
                .isEqualTo("{\"inputStream\":\"(InputStream)\",\"name\":\"upload\",\"rows\":\"(Iterator)\"}");
        assertThat(json(new Holding(() -> "", 2))).isEqualTo("{\"supplier\":\"(Supplier)\",\"size\":2}");
    }

    /** As Hibernate makes them: an entity behind a handler. */
    public static final class LazyEntity implements HibernateProxy {
        private final boolean uninitialised;

        LazyEntity(boolean uninitialised) {
            this.uninitialised = uninitialised;
        }

        @Override
        public LazyInitializer getHibernateLazyInitializer() {
            return () -> uninitialised;
        }

        public String getHandle() {
            if (uninitialised) {
                throw new AssertionError("a query was run");
            }
            return "andrewbrown";
        }
    }

    /** As Hibernate makes them: a collection that loads itself. */
    public static final class LazyList extends AbstractList<String> implements PersistentCollection {
        private final boolean initialised;

        LazyList(boolean initialised) {
            this.initialised = initialised;
        }

        @Override
        public boolean wasInitialized() {
            return initialised;
        }

        @Override
        public String get(int index) {
            return "row";
        }

        @Override
        public int size() {
            if (!initialised) {
                throw new AssertionError("a query was run");
            }
            return 1;
        }
    }

    @Test
    void lazyValuesThatAreNotLoaded_areNotLoaded() {
        assertThat(json(new LazyEntity(true))).isEqualTo("\"(LazyEntity)\"");
        assertThat(json(List.of(new LazyList(false)))).isEqualTo("[\"(LazyList)\"]");
    }

    @Test
    void lazyValuesThatAreLoaded_areRead() {
        assertThat(json(new LazyEntity(false))).contains("\"handle\":\"andrewbrown\"");
        assertThat(json(new LazyList(true))).isEqualTo("[\"row\"]");
    }

    // --- what fails --------------------------------------------------------------------------------------------------

    /** Three ways to fail. */
    public static final class Failing {
        public String getChecked() throws Exception {
            throw new java.io.IOException("disk");
        }

        @SuppressWarnings("InfiniteRecursion") // meant
        public String getEndless() {
            return getEndless();
        }

        public String getWell() {
            return "well";
        }
    }

    @Test
    void gettersThatFail_areNotedBesideTheOthers() {
        assertThat(json(new Failing()))
                .isEqualTo("{\"checked\":\"(getter threw java.io.IOException)\","
                        + "\"endless\":\"(getter threw java.lang.StackOverflowError)\",\"well\":\"well\"}");
    }

    @Test
    void collectionThatFails_isNotedByItsType() {
        List<Object> failing = new AbstractList<>() {
            @Override
            public Object get(int index) {
                throw new IllegalStateException("no session");
            }

            @Override
            public int size() {
                return 3;
            }
        };

        assertThat(json(List.of("before", failing, "after")))
                .startsWith("[\"before\",\"(unreadable ")
                .endsWith(": java.lang.IllegalStateException)\",\"after\"]");
    }

    @Test
    void collectionThatChangesMeanwhile_doesNoHarm() {
        List<Object> list = new ArrayList<>();
        Object changing = new Object() {
            @Override
            public String toString() {
                list.add("more");
                return "changing";
            }
        };
        list.add(changing);
        list.add("second");

        assertThat(json(list)).contains("unreadable").contains("ConcurrentModificationException");
    }

    // --- secrets -----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "userPassword",
                "API_KEY",
                "X-Api-Key",
                "Authorization",
                "sessionToken",
                "Set-Cookie",
                "client_secret",
                "awsSecretAccessKey",
                "credentials"
            })
    void secretLookingKeys_areRedacted(String key) {
        assertThat(JsonSnapshot.of(key, "hunter2")).isEqualTo("\"***\"");
        assertThat(json(Map.of(key, Map.of("a", "hunter2")))).isEqualTo("{\"" + key + "\":\"***\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "key", "author", "pass", "keyboard"})
    void otherKeys_areNot(String key) {
        assertThat(JsonSnapshot.of(key, "value")).isEqualTo("\"value\"");
    }

    @Test
    void epochSeconds_haveSixDecimals() {
        StringBuilder json = new StringBuilder();
        JsonSnapshot.epochSeconds(json, 1_700_000_000_000_123_999L);

        assertThat(json).hasToString("1700000000.000123");
    }
}
