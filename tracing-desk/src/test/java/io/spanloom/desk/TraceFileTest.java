package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.HEADER;
import static io.spanloom.desk.Fixtures.XRAY_TRACE;
import static io.spanloom.desk.Fixtures.oneSegment;
import static io.spanloom.desk.Fixtures.otlp;
import static io.spanloom.desk.Fixtures.request;
import static io.spanloom.desk.Fixtures.segment;
import static io.spanloom.desk.Fixtures.segmentJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.spanloom.desk.summary.HeldTrace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Traces in a file: across restarts, bounded, and with files that are not as they should be. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class TraceFileTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Path file;
    private final List<String> remarks = new ArrayList<>();

    @BeforeEach
    void nameFile() {
        file = directory.resolve("traces.db");
    }

    @Test
    void tracesOfBothProtocols_areThereAfterARestart() throws Exception {
        List<Trace> before;
        List<String> documents;
        try (TraceDesk desk = desk()) {
            TraceDeskTest.sendXRay(
                    desk.xrayAddress(),
                    HEADER
                            + segmentJson(
                                    "000000000000000a",
                                    ",'annotations':{'k':'grün'},'subsegments':[{'id':'000000000000000b','name':'x',"
                                            + "'start_time':100,'end_time':101}]"));
            desk.awaitTraces(1, SOON);
            before = desk.traces();
            documents = documents(desk);
        }
        try (TraceDesk desk = desk()) {
            assertThat(desk.traces()).isEqualTo(before).hasSize(1);
            assertThat(documents(desk)).isEqualTo(documents);
            assertThat(desk.counters().received()).isZero();
            assertThat(desk.awaitTraces(1, Duration.ZERO)).hasSize(1);
        }
    }

    @Test
    void clearedTraces_areGoneFromTheFile() throws Exception {
        try (TraceDesk desk = desk()) {
            TraceDeskTest.sendXRay(desk.xrayAddress(), Fixtures.HEADER + Fixtures.segmentJson("000000000000000a", ""));
            desk.awaitTraces(1, SOON);
        }
        try (TraceDesk desk = desk()) {
            assertThat(desk.traces()).hasSize(1);
            HttpRequest clear = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + desk.httpAddress().getPort() + "/desk/traces"))
                    .DELETE()
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(clear, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
        try (TraceDesk desk = desk()) {
            assertThat(desk.traces()).isEmpty();
        }
    }

    @Test
    void deskThatCannotListen_leavesItsFileToTheNext() throws Exception {
        try (TraceDesk other = TraceDesk.start()) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> TraceDesk.builder()
                            .file(file)
                            .otlpAddress(other.otlpAddress())
                            .start());
        }
        try (TraceDesk desk = desk()) {
            assertThat(desk.traces()).isEmpty();
        }
    }

    @Test
    void spansByOtlp_keepTheirServiceAndHowTheyCame() throws Exception {
        TraceStore store = store(100, true);
        OtlpBatch.read(request(
                        "svc",
                        otlp("000000000000000a").build(),
                        otlp("000000000000000b").build()))
                .documents()
                .forEach(store::add);
        saveAll(store);

        TraceStore restored = store(100, true);
        assertThat(load(restored)).isZero();
        assertThat(restored.snapshot(false)).isEqualTo(store.snapshot(false)).hasSize(1);
    }

    @Test
    void restoredTraces_areNotShownAgainUnlessMoreComes() throws Exception {
        TraceStore store = store(100, true);
        store.add(oneSegment("000000000000000a", ""));
        saveAll(store);

        TraceStore restored = store(100, true);
        assertThat(load(restored)).isZero();
        assertThat(restored.takeAll()).isEmpty();
        restored.add(oneSegment("000000000000000b", ",'parent_id':'000000000000000a'"));
        assertThat(restored.takeAll()).singleElement().matches(StoredTrace.Showing::again);
    }

    @Test
    void order_isThatOfArrivalAlsoForWhatComesLater() throws Exception {
        TraceStore store = store(100, true);
        for (int i = 1; i <= 3; i++) {
            store.add(trace(i));
        }
        saveAll(store);

        TraceStore restored = store(100, true);
        assertThat(load(restored)).isZero();
        restored.add(trace(4));
        assertThat(restored.newestFirst()).extracting(HeldTrace::sequence).containsExactly(4L, 3L, 2L, 1L);
    }

    @Test
    void evictedTraces_leaveTheFileToo() throws Exception {
        TraceStore store = store(3, true);
        for (int i = 1; i <= 3; i++) {
            store.add(trace(i));
        }
        saveAll(store);
        for (int i = 4; i <= 5; i++) {
            store.add(trace(i));
        }
        saveAll(store);

        TraceStore restored = store(100, true);
        assertThat(load(restored)).isZero();
        assertThat(restored.snapshot(false)).isEqualTo(store.snapshot(false)).hasSize(3);
    }

    @Test
    void evictedTraceThatComesAgain_leavesItsEarlierDocuments() throws Exception {
        TraceStore store = store(3, true);
        store.add(segment(segmentJson("000000000000000a", "")));
        saveAll(store);
        for (int i = 1; i <= 3; i++) {
            store.add(trace(i));
        }
        store.add(segment(segmentJson("000000000000000b", ""))); // of the same trace
        saveAll(store);

        TraceStore restored = store(100, true);
        assertThat(load(restored)).isZero();
        assertThat(restored.snapshot(false)).isEqualTo(store.snapshot(false)).hasSize(3);
        assertThat(restored.snapshot(false).get(2).spans()).hasSize(1);
    }

    @Test
    void changedDocument_replacesItsEarlierSelf() throws Exception {
        TraceStore store = store(100, true);
        store.add(segment(segmentJson("000000000000000a", "").replace("'end_time':101", "'in_progress':true")));
        saveAll(store);
        store.add(oneSegment("000000000000000a", ""));
        saveAll(store);

        TraceStore restored = store(100, true);
        assertThat(load(restored)).isZero();
        assertThat(restored.snapshot(false)).isEqualTo(store.snapshot(false));
        assertThat(restored.snapshot(false).get(0).complete()).isTrue();
    }

    @Test
    void tornFile_isSetAsideAndANewOneBegun() throws Exception {
        fill();
        try (RandomAccessFile torn = new RandomAccessFile(file.toFile(), "rw")) {
            torn.setLength(torn.length() / 2);
        }
        startsEmptyWithTheOldOneAside();
    }

    @Test
    void overwrittenPages_areNoticed() throws Exception {
        fill();
        try (RandomAccessFile broken = new RandomAccessFile(file.toFile(), "rw")) {
            for (long page = 4_096; page < broken.length(); page += 4_096) {
                broken.seek(page);
                broken.write(new byte[512]);
            }
        }
        startsEmptyWithTheOldOneAside();
    }

    @Test
    void documentThatCannotBeRead_isLeftOutAndCounted() throws Exception {
        TraceStore store = store(100, true);
        store.add(trace(1));
        store.add(trace(2));
        saveAll(store);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = connection.createStatement()) {
            sql.execute("UPDATE document SET body = '{' WHERE trace LIKE '%1'");
        }

        TraceStore restored = store(100, true);
        assertThat(load(restored)).isEqualTo(1);
        assertThat(restored.snapshot(false)).hasSize(1);
    }

    @Test
    void filesOfOthers_areLeftAsTheyAre() throws Exception {
        byte[] text = "not a database, but dear to somebody".repeat(10).getBytes(StandardCharsets.UTF_8);
        Files.write(file, text);
        refuses("is no file of the desk");
        assertThat(Files.readAllBytes(file)).isEqualTo(text);

        Path other = directory.resolve("other.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE TABLE t (a)");
        }
        byte[] before = Files.readAllBytes(other);
        file = other;
        refuses("is no file of the desk");
        assertThat(Files.readAllBytes(other)).isEqualTo(before);
    }

    @Test
    void fileOfARunningDesk_isInUse() {
        try (TraceDesk desk = desk()) {
            refuses("in use, most likely by another desk");
            assertThat(desk.traces()).isEmpty();
        }
    }

    @Test
    void directoryThatIsNotThere_isSaid() {
        file = directory.resolve("none").resolve("traces.db");
        refuses("none");
    }

    @Test
    void killedDesk_leavesAFileThatCanBeRead() throws Exception {
        // What a process leaves that ends without closing: the file and its log.
        Path copy = directory.resolve("copy.db");
        try (TraceDesk desk = desk()) {
            TraceDeskTest.sendXRay(desk.xrayAddress(), HEADER + segmentJson("000000000000000a", ""));
            desk.awaitTraces(1, SOON);
            Path log = directory.resolve("traces.db-wal");
            await().atMost(SOON).until(() -> Files.exists(log) && Files.size(log) > 0 && contains(log, XRAY_TRACE));
            Files.copy(file, copy);
            Files.copy(log, directory.resolve("copy.db-wal"));
        }
        file = copy;
        try (TraceDesk desk = desk()) {
            assertThat(desk.traces()).hasSize(1);
        }
    }

    private static boolean contains(Path path, String text) throws IOException {
        return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).contains(text);
    }

    private void refuses(String because) {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> desk().close())
                .withMessageContaining(because);
    }

    private void fill() throws Exception {
        TraceStore store = store(1_000, true);
        for (int i = 1; i <= 500; i++) {
            store.add(trace(i));
        }
        saveAll(store);
    }

    private void startsEmptyWithTheOldOneAside() throws Exception {
        try (TraceDesk desk = desk()) {
            assertThat(desk.traces()).isEmpty();
            TraceDeskTest.sendXRay(desk.xrayAddress(), HEADER + segmentJson("000000000000000a", ""));
            desk.awaitTraces(1, SOON);
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("traces.db.damaged-"));
        }
        assertThat(remarks).anyMatch(remark -> remark.contains("is damaged"));
        try (TraceDesk desk = desk()) {
            assertThat(desk.traces()).hasSize(1);
        }
    }

    private static Received trace(int number) throws RejectedException {
        return segment(segmentJson("000000000000000a", "").replace(XRAY_TRACE, "1-00000001-%024x".formatted(number)));
    }

    private static TraceStore store(int most, boolean saved) {
        return new TraceStore(System::nanoTime, 0, most, Long.MAX_VALUE, new Counting(), saved);
    }

    private void saveAll(TraceStore store) throws Exception {
        try (TraceFile opened = TraceFile.open(file, remarks::add)) {
            opened.save(store.takeUnsaved(Integer.MAX_VALUE), store.oldestSequence());
        }
        assertThat(store.takeUnsaved(1)).isEmpty();
    }

    private int load(TraceStore store) throws Exception {
        try (TraceFile opened = TraceFile.open(file, remarks::add)) {
            return opened.load(store);
        }
    }

    private TraceDesk desk() {
        return TraceDesk.builder()
                .quiet(Duration.ofMillis(50))
                .file(file)
                .listener(new DeskListener() {
                    @Override
                    public void show(StoredTrace.Showing showing) {}

                    @Override
                    public void complain(String line) {
                        remarks.add(line);
                    }
                })
                .start();
    }

    private static List<String> documents(TraceDesk desk) {
        List<String> documents = new ArrayList<>();
        new DeskClient(desk.httpAddress())
                .get("documents", Map.of())
                .path("traces")
                .forEach(trace -> trace.path("documents").forEach(document -> documents.add(document.asText())));
        return documents;
    }
}
