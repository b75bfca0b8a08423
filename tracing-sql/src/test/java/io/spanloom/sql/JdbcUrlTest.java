package io.spanloom.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Sql;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db:5432/cruddur?user=app&password=x | postgresql | cruddur | postgresql://db:5432",
                "jdbc:postgresql://app:secret@db/cruddur | postgresql | cruddur | postgresql://db",
                "jdbc:postgresql://a:1,b:2/cruddur | postgresql | cruddur | postgresql://a:1",
                "jdbc:postgresql://db/ | postgresql | postgresql | postgresql://db",
                "jdbc:postgresql:cruddur | postgresql | cruddur |",
                "jdbc:mysql://[::1]:3306/cruddur | mysql | cruddur | mysql://[::1]:3306",
                "jdbc:mysql:replication://one,two/cruddur | mysql | cruddur | mysql://one",
                "jdbc:mariadb://db/cruddur;x=y | mariadb | cruddur | mariadb://db",
                "jdbc:sqlserver://db:1433;databaseName=cruddur;password=x | mssql | cruddur | sqlserver://db:1433",
                "jdbc:sqlserver://db;encrypt=true | mssql | sqlserver | sqlserver://db",
                "jdbc:oracle:thin:@db:1521:ORCL | oracle | ORCL | oracle://db:1521",
                "jdbc:oracle:thin:app/secret@db:1521/service | oracle | service | oracle://db:1521",
                "jdbc:oracle:thin:@//db:1521/service | oracle | service | oracle://db:1521",
                "jdbc:oracle:thin:@(DESCRIPTION=(HOST=db)) | oracle | oracle |",
                "jdbc:h2:mem:cruddur;DB_CLOSE_DELAY=-1 | other_sql | cruddur |",
                "jdbc:h2:tcp://db:9092/~/cruddur | other_sql | cruddur | h2://db:9092",
                "jdbc:sqlite:/var/data/cruddur.db | sqlite | cruddur.db |",
                "jdbc:derby:memory:cruddur;create=true | derby | cruddur |",
                "jdbc:aws-wrapper:postgresql://db/cruddur | postgresql | cruddur | postgresql://db",
                "jdbc:tc:postgresql:16:///cruddur | postgresql | cruddur |",
                "nonsense | other_sql | database |",
            })
    void url_tellsSystemDatabaseAndServer(String url, String system, String database, String server) {
        assertThat(JdbcUrl.parse(url)).isEqualTo(Sql.on(system, database).server(server));
    }
}
