package io.spanloom.e2e.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/**
 * A real PostgreSQL on a free port of the loopback, one for all tests of a JVM, whose end is its end. Where it cannot be
 * started, the tests are skipped and say why.
 */
public final class Postgres {

    private static final String PASSWORD = "c0ffee-not-in-any-trace";
    private static final Path FOLDER = Path.of("target", "postgres").toAbsolutePath();
    private static final Path LOG = FOLDER.resolve(UUID.randomUUID() + ".log");

    /** What the server logs of a step of a statement, its duration and the process's id left out. */
    private static final Pattern STEP = Pattern.compile("^([^:]+):LOG: {2}duration: \\S+ ms {2}(.*)$");

    private static final Object LOCK = new Object();
    private static EmbeddedPostgres server;
    private static String absent;

    private Postgres() {}

    /** @throws TestAbortedException where there is none, with the reason */
    private static EmbeddedPostgres server() {
        synchronized (LOCK) {
            if (server == null && absent == null) {
                start();
            }
            if (server == null) {
                throw new TestAbortedException(absent);
            }
            return server;
        }
    }

    private static void start() {
        try {
            Files.createDirectories(FOLDER);
            Redirect log = Redirect.appendTo(LOG.toFile());
            server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(FOLDER.toFile())
                    .setDataDirectory(new File(FOLDER.toFile(), "data-" + UUID.randomUUID()))
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("log_min_duration_statement", "0")
                    .setServerConfig("log_line_prefix", "%a@%d:")
                    .setServerConfig("log_parameter_max_length", "0")
                    .setServerConfig("lc_messages", "C")
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .start();
        } catch (Exception | LinkageError failed) {
            absent = "PostgreSQL cannot be started here: " + failed + said();
            System.err.println(absent);
        }
    }

    private static String said() {
        try {
            List<String> lines = Files.readAllLines(LOG);
            return lines.isEmpty() ? "" : "; it says: " + lines.get(lines.size() - 1);
        } catch (IOException nothing) {
            return "";
        }
    }

    /** A new database, filled by a script. The name says its test. */
    public static String database(String name, String script) throws SQLException {
        try (Connection connection = server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name + " with (force)");
            statement.execute("create database " + name);
            statement.execute("do $$ begin create role app login superuser password '" + PASSWORD
                    + "'; exception when duplicate_object then null; end $$");
        }
        try (HikariDataSource pool = pool(name, "setup", 1);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
        return name;
    }

    /** As an application has it: pooled, with user and password in the URL. */
    public static HikariDataSource pool(String database, String application, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=app&password=" + PASSWORD
                + "&ApplicationName=" + application);
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    public static int port() {
        return server().getPort();
    }

    public static String password() {
        return PASSWORD;
    }

    /**
     * What an application has had the server do so far, step by step: {@code parse S_1: select 1}. A step is there before its
     * answer is. Left out are the name that it gives itself, and by what a pool sees that a connection lives: that depends on
     * the time.
     */
    static List<String> steps(String database, String application) throws IOException {
        String who = application + "@" + database;
        return Files.readString(LOG, StandardCharsets.UTF_8)
                .lines()
                .map(STEP::matcher)
                .filter(step -> step.matches() && step.group(1).equals(who))
                .map(step -> step.group(2))
                .filter(step -> !step.endsWith(": ") && !step.contains("SET application_name"))
                .toList();
    }
}
