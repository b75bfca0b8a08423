package io.spanloom.desk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Traces in a SQLite file, across restarts of the desk. It holds what the store holds, and so has the store's bounds.
 *
 * <p>Not safe for use by several threads.
 */
final class TraceFile implements Closeable {
    /** "SPLD" at byte 68 of the file (SQLite file format, 1.3): what tells the desk's files from others. */
    private static final int APPLICATION_ID = 0x53504c44;

    private static final int APPLICATION_ID_OFFSET = 68;
    private static final int VERSION = 1;

    /** Of 4 KiB: a fence at 1 GiB, far above what a full store takes. */
    private static final int MAX_PAGES = 262_144;

    // Result codes (sqlite.org/rescode.html); of extended ones the low byte.
    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_NOTADB = 26;

    private final Connection connection;
    private final PreparedStatement putTrace;
    private final PreparedStatement putDocument;
    private final PreparedStatement dropOlder;
    private final PreparedStatement dropOlderDocuments;

    private TraceFile(Connection connection) throws SQLException {
        this.connection = connection;
        putTrace = connection.prepareStatement("INSERT OR REPLACE INTO trace (id, arrival, updated) VALUES (?, ?, ?)");
        putDocument = connection.prepareStatement(
                "INSERT OR REPLACE INTO document (trace, span, source, service, body) VALUES (?, ?, ?, ?, ?)");
        dropOlderDocuments = connection.prepareStatement(
                "DELETE FROM document WHERE trace IN (SELECT id FROM trace WHERE arrival < ?)");
        dropOlder = connection.prepareStatement("DELETE FROM trace WHERE arrival < ?");
    }

    /**
     * Opens the file, or makes it. One that is the desk's and damaged is set aside under another name.
     *
     * @param remark told of what was set aside
     * @throws IOException if it cannot be had; the message says what helps
     */
    static TraceFile open(Path path, Consumer<String> remark) throws IOException {
        boolean ours = checkOurs(path);
        try {
            return connect(path);
        } catch (SQLException e) {
            if (busy(e)) {
                throw new IOException(path + " is in use, most likely by another desk", e);
            }
            if (!ours || !damaged(e)) {
                throw new IOException(path + " cannot be opened: " + e.getMessage(), e);
            }
            Path aside = setAside(path);
            remark.accept(path + " is damaged (" + e.getMessage() + "); it is now " + aside.getFileName()
                    + ", and the desk begins a new one");
        }
        try {
            return connect(path);
        } catch (SQLException e) {
            throw new IOException(path + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** True if it is a file of the desk. Somebody else's is never written to. */
    private static boolean checkOurs(Path path) throws IOException {
        if (!Files.exists(path)) {
            create(path);
            return false;
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException(path + " is no file");
        }
        ByteBuffer head;
        try (InputStream in = Files.newInputStream(path)) {
            head = ByteBuffer.wrap(in.readNBytes(APPLICATION_ID_OFFSET + Integer.BYTES));
        }
        if (head.limit() == 0) {
            return false;
        }
        boolean ours = head.limit() == APPLICATION_ID_OFFSET + Integer.BYTES
                && head.getInt(APPLICATION_ID_OFFSET) == APPLICATION_ID;
        if (!ours) {
            throw new IOException(path + " is no file of the desk; it was left as it is");
        }
        return true;
    }

    /** Traces may hold what is nobody else's business. */
    private static void create(Path path) throws IOException {
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (UnsupportedOperationException e) {
            Files.write(path, new byte[0], StandardOpenOption.CREATE);
        }
    }

    private static Path setAside(Path path) throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".damaged-" + System.currentTimeMillis() / 1_000);
        Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
        // What belongs to the old one would be taken for the new one's.
        Files.deleteIfExists(path.resolveSibling(path.getFileName() + "-wal"));
        Files.deleteIfExists(path.resolveSibling(path.getFileName() + "-shm"));
        create(path);
        return aside;
    }

    private static TraceFile connect(Path path) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path.toAbsolutePath());
        try {
            prepare(connection);
            return new TraceFile(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute("PRAGMA locking_mode = EXCLUSIVE");
            // Before WAL: it belongs into the file itself. Also takes the lock.
            sql.execute("PRAGMA application_id = " + APPLICATION_ID);
            sql.execute("PRAGMA journal_mode = WAL");
            sql.execute("PRAGMA synchronous = NORMAL");
            sql.execute("PRAGMA max_page_count = " + MAX_PAGES);
            sql.execute("PRAGMA journal_size_limit = 16777216");
            try (ResultSet check = sql.executeQuery("PRAGMA quick_check(1)")) {
                if (!check.next() || !"ok".equals(check.getString(1))) {
                    throw new SQLException("quick_check failed", null, SQLITE_CORRUPT);
                }
            }
            try (ResultSet version = sql.executeQuery("PRAGMA user_version")) {
                if (version.next() && version.getInt(1) > VERSION) {
                    throw new SQLException("it was written by a newer desk");
                }
            }
            sql.execute("PRAGMA user_version = " + VERSION);
            sql.execute("CREATE TABLE IF NOT EXISTS trace (id TEXT PRIMARY KEY, arrival INTEGER NOT NULL,"
                    + " updated INTEGER NOT NULL) WITHOUT ROWID");
            sql.execute("CREATE INDEX IF NOT EXISTS trace_arrival ON trace (arrival)");
            sql.execute(
                    "CREATE TABLE IF NOT EXISTS document (trace TEXT NOT NULL, span TEXT NOT NULL,"
                            + " source TEXT NOT NULL, service TEXT, body TEXT NOT NULL, PRIMARY KEY (trace, span)) WITHOUT ROWID");
        }
        connection.setAutoCommit(false);
    }

    private static boolean busy(SQLException e) {
        return (e.getErrorCode() & 0xff) == SQLITE_BUSY;
    }

    private static boolean damaged(SQLException e) {
        int code = e.getErrorCode() & 0xff;
        return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
    }

    /** Puts what the file holds into the store, by arrival; returns how many documents could not be read. */
    int load(TraceStore store) throws SQLException {
        int unreadable = 0;
        try (Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("SELECT trace.arrival, trace.updated, document.source,"
                        + " document.service, document.body FROM trace JOIN document ON document.trace = trace.id"
                        + " ORDER BY trace.arrival")) {
            while (rows.next()) {
                Received received = read(rows.getString(3), rows.getString(4), rows.getString(5));
                if (received == null) {
                    unreadable++;
                } else {
                    store.restore(received, rows.getLong(1), rows.getLong(2));
                }
            }
        } finally {
            connection.rollback();
        }
        store.restored();
        return unreadable;
    }

    private static @Nullable Received read(String source, @Nullable String service, String body) {
        byte[] json = body.getBytes(StandardCharsets.UTF_8);
        try {
            if (source.equals(TraceSpan.Source.XRAY.name())) {
                return SegmentReader.read(json, 0, json.length);
            }
            // The document was written by the desk; of which service the span is, is not in it.
            Received received = SegmentReader.readWritten(json);
            TraceSpan span = received.head().withService(service);
            return new Received(received.traceId(), List.of(span));
        } catch (RejectedException e) {
            return null;
        }
    }

    /** Forgets traces that arrived before the oldest that is held, and then writes changes, in one transaction. */
    void save(List<TraceStore.Unsaved> changes, long oldest) throws SQLException {
        try {
            // First: one may have come again since, and a file that is full has room only then.
            dropOlderDocuments.setLong(1, oldest);
            int unusedOlder = dropOlderDocuments.executeUpdate();
            dropOlder.setLong(1, oldest);
            int unusedOldest = dropOlder.executeUpdate();
            for (TraceStore.Unsaved change : changes) {
                if (change.sequence() < oldest) {
                    continue; // evicted meanwhile
                }
                putTrace.setString(1, change.traceId());
                putTrace.setLong(2, change.sequence());
                putTrace.setLong(3, change.updatedMillis());
                putTrace.addBatch();
                for (StoredTrace.Document document : change.documents()) {
                    putDocument.setString(1, change.traceId());
                    putDocument.setString(2, document.id());
                    putDocument.setString(
                            3, (document.sent() == null ? TraceSpan.Source.OTLP : TraceSpan.Source.XRAY).name());
                    putDocument.setString(4, document.span().service());
                    putDocument.setString(5, document.text(change.traceId()));
                    putDocument.addBatch();
                }
            }
            int[] unusedTraces = putTrace.executeBatch();
            int[] unusedDocuments = putDocument.executeBatch();
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            putTrace.clearBatch();
            putDocument.clearBatch();
            connection.rollback();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException("closing the file failed: " + e.getMessage(), e);
        }
    }
}
