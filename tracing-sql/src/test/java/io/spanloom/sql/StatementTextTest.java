package io.spanloom.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTextTest {

    private static final Dialect POSTGRESQL = Dialect.of("postgresql");

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
                "select \"never ended, 'secret' | select ?",
                "select 'C:\\temp', 'a\\\\', 'b' | select ?, ?, ?",
                "select U&'secret', B'101', N'secret' | select U&?, B?, N?",
                "select '1'::int, 2::text, $1::uuid | select ?::int, ?::text, $1::uuid",
                "select array[1, 2], '{1,2}'::int[], a[3] | select array[?, ?], ?::int[], a[?]",
                "select doc->>'secret', doc #> '{a}', doc ?? 'b' | select doc->>?, doc #> ?, doc ?? ?",
                "select a$b$c, 'secret' | select a$b$c, ?",
                "select `'secret'` | select `?`",
                "/* a /* b */ secret */ select 1 | select ?",
                "select 1 /* never /* ended */ secret | select ?",
                "in (1,2, 3) | in (?,?, ?)",
            })
    void literals_areQuestionMarks(String text, String plain) {
        assertThat(StatementText.withoutLiterals(text, POSTGRESQL)).isEqualTo(plain);
    }

    @Test
    void literalsOverSeveralLines_areQuestionMarks() {
        assertThat(StatementText.withoutLiterals("select E'a'\n'b\\'secret', 'secret'", POSTGRESQL))
                .isEqualTo("select E?\n?");
        assertThat(StatementText.withoutLiterals("select 1 -- a\r, 'b\n secret'", POSTGRESQL))
                .isEqualTo("select ?  , ?");
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
        assertThat(StatementText.withoutLiterals(text, Dialect.of("mysql")))
                .startsWith("select")
                .doesNotContain("secret");
    }

    @Test
    void databaseThatIsNotKnown_losesWhateverMayBeAValue() {
        assertThat(StatementText.withoutLiterals("select \"secret\", 'b', 1 # secret", Dialect.of("other_sql")))
                .isEqualTo("select ?, ?, ?");
    }

    /** Whether a backslash before a quote keeps it from ending the text is a setting of the server: either may be. */
    @ParameterizedTest
    @ValueSource(strings = {"select 'a\\', 'secret'", "select 'a\\'secret', 'secret'", "select 'a\\\\\\', 'secret'"})
    void backslashBeforeAQuote_endsWhatIsTold(String text) {
        assertThat(StatementText.withoutLiterals(text, POSTGRESQL)).isEqualTo("select ?");
        assertThat(StatementText.withoutLiterals(text, Dialect.of("other_sql"))).isEqualTo("select ?");
    }

    @Test
    void commentsOfDialectsWhereTheyDoNotNest_endAtTheFirstEnd() {
        assertThat(StatementText.withoutLiterals("/* a /* b */ select 'secret'", Dialect.of("mysql")))
                .isEqualTo("select ?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 1 | SELECT",
                "  (select 1) | SELECT",
                "/* by report */ -- x\\n | SQL",
                "/* by report */ update t | UPDATE",
                "/* by /* nested */ report */ update t | UPDATE",
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
        assertThat(StatementText.withoutLiterals(text, POSTGRESQL)).hasSizeLessThan(16 * 1024);
    }
}
