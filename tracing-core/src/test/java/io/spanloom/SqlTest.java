package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTest {

    private static Sql on(String server) {
        return Sql.on("postgresql", "cruddur").server(server);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://db:5432, postgresql://db:5432, db",
        "jdbc:mysql://my_db.example.com:3306, jdbc:mysql://my_db.example.com:3306, my_db.example.com",
        "postgresql://app:secret@db/cruddur?ssl=true, postgresql://db, db",
        "jdbc:sqlserver://db:1433;databaseName=x, jdbc:sqlserver://db:1433, db",
        "'mysql://one:3306,two:3306', mysql://one:3306, one",
        "mysql://[::1]:3306, mysql://[::1]:3306, ::1",
        "oracle:thin:@db:1521, oracle:thin:@db:1521, ",
        "not a url, not a url, ",
    })
    void serverWhoseHostIsCertain_isKeptPlain(String given, String server, String host) {
        assertThat(on(given).server()).isEqualTo(server);
        assertThat(on(given).host()).isEqualTo(host);
        assertThat(on(given).hasBlock()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://h h", "postgresql://", "postgresql://h:port", "//h", "postgresql://h%41"})
    void serverWhoseHostReadersDifferAbout_isNoBlock(String given) {
        assertThat(on(given).host()).isNull();
        assertThat(on(given).hasBlock()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://app:secret@h h/cruddur, postgresql://h h/cruddur",
        "sqlserver://h h;user=app;password=secret, sqlserver://h h",
        "oracle:thin:@db:1521?password=secret, oracle:thin:@db:1521",
    })
    void serverWhoseHostCannotBeTold_isKeptWithoutItsSecrets(String given, String server) {
        assertThat(on(given).server()).isEqualTo(server);
    }

    @Test
    void noDatabaseInParticular_isNoBlock() {
        assertThat(Sql.on("postgresql", "").hasBlock()).isFalse();
    }

    @Test
    void emptyServer_isNone() {
        assertThat(on("").server()).isNull();
    }

    @Test
    void negativeLengthOfAResponse_isNotKnown() {
        assertThat(new Http.Response(200, -5).contentLength()).isZero();
    }
}
