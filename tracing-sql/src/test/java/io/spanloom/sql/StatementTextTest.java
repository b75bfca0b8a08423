package io.spanloom.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "select * from users where id = 42 | select * from users where id = ?",
                "select 'secret' | select ?",
                "select 'it''s secret', 1 | select ?, ?",
                "select E'a\\'secret' | select E?",
                "select 1.5e-10, -3, 0x1F | select ?, -?, ?",
                "select $1, $2 | select $1, $2",
                "select $$secret$$, $tag$it's $$ secret$tag$ | select ?, ?",
                "select a1, t2.b3 from \"Table 4\" | select a1, t2.b3 from \"Table 4\"",
                "select 1 -- secret | select ?",
                "select /* secret */ 1 | select   ?",
                "select x'cafe' | select x?",
                "select 'never ended | select ?",
                "in (1,2, 3) | in (?,?, ?)",
            })
    void literals_areQuestionMarks(String text, String plain) {
        assertThat(StatementText.withoutLiterals(text, "postgresql")).isEqualTo(plain);
    }

    /** MySQL ends texts by either quote, and a backslash keeps a quote from ending one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select \"secret\"",
                "select 'a\\'secret'",
                "select \"a\\\"secret\"",
                "select 1 # secret",
                "select `name`, 'secret'"
            })
    void mysqlsWaysOfQuoting_hideNothing(String text) {
        assertThat(StatementText.withoutLiterals(text, "mysql"))
                .startsWith("select")
                .doesNotContain("secret");
    }

    @Test
    void databaseThatIsNotKnown_losesWhateverMayBeAValue() {
        assertThat(StatementText.withoutLiterals("select \"secret\", 'a\\'secret', 'b'", "other_sql"))
                .isEqualTo("select ?, ?, ?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 1 | SELECT",
                "  (select 1) | SELECT",
                "/* by report */ -- x\\n | SQL",
                "/* by report */ update t | UPDATE",
                "{call f(1)} | CALL",
                "{? = call f(1)} | CALL",
                "12 | SQL",
                "'' | SQL",
                "averyveryverylongword x | SQL",
            })
    void operation_isTheFirstWord(String text, String operation) {
        assertThat(StatementText.operation(text)).isEqualTo(operation);
    }

    @Test
    void hugeText_isCut() {
        String text = "select " + "'x',".repeat(1_000_000);
        assertThat(StatementText.withoutLiterals(text, "postgresql")).hasSizeLessThan(16 * 1024);
    }
}
