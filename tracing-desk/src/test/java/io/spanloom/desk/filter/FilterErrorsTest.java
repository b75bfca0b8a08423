package io.spanloom.desk.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterErrorsTest {

    @Test
    void message_showsTheExpressionAndACaretBelowThePlace() {
        assertThat(error("responsetime > \"5\""))
                .hasMessage("expected a number, found \"5\" (column 16)\n"
                        + "  responsetime > \"5\"\n"
                        + "                 ^");
    }

    @Test
    void longExpression_isShownAroundThePlaceOnly() {
        FilterException error = error("ok ".repeat(1000) + "nok" + " ok".repeat(1000));

        assertThat(error.position()).isEqualTo(3000);
        String[] lines = String.valueOf(error.getMessage()).split("\n", -1);
        assertThat(lines[1].length()).isLessThan(120);
        assertThat(lines[1].substring(lines[2].indexOf('^'))).startsWith("nok ok");
    }

    @Test
    void lineBreaksAndEscapes_doNotReachTheTerminal() {
        String message = String.valueOf(error("ok\n\u001b[31m \u009b \u202e").getMessage());

        assertThat(message.lines()).hasSize(3);
        assertThat(message).doesNotContain("\u001b", "\u009b", "\u202e");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "fault &&                           | 6  | a & has no meaning here",
                "user = 'x'                         | 7  | strings stand in double quotes",
                "user = \"x                         | 7  | no closing quote",
                "user = \"a\\x\"                    | 9  | an escape of JSON",
                "http.status = 007                  | 14 | no zeros in front",
                "http.status = 5x                   | 15 | ends before \"x\"",
                "http.status = -                    | 14 | expected a number such as",
                "http.status                        | 11 | one of = != < <= > >=",
                "http.status contains \"5\"         | 12 | one of = != < <= > >=",
                "duration > fault                   | 11 | expected a number, found fault",
                "fault > 1                          | 6  | \"=\" or \"!=\"",
                "fault = 1                          | 8  | true or false",
                "user < \"a\"                       | 5  | one of = != CONTAINS",
                "name = traces                      | 7  | a string in double quotes, found traces",
                "fault AND                          | 9  | expected a condition, found the end",
                "AND fault                          | 0  | expected a condition, found AND",
                "fault AND OR ok                    | 10 | expected a condition, found OR",
                "!                                  | 1  | expected a condition",
                "!!fault                            | 1  | expected a condition, found !",
                "!(fault)                           | 1  | cannot negate parentheses",
                "(fault                             | 6  | expected \")\", found the end",
                "fault)                             | 5  | expected AND, OR or the end, found )",
                "()                                 | 1  | expected a condition",
                "responsetme > 5                    | 0  | did you mean responsetime?",
                "servce(\"x\")                      | 0  | did you mean service?",
                "true                               | 0  | unknown keyword true",
                "first                              | 0  | no meaning outside of braces",
                "root = true                        | 0  | it may stand in the braces of service()",
                "service(\"x\") { coverage > 1 }    | 15 | no meaning in the braces of service()",
                "service(\"x\") { service(\"y\") }  | 15 | outside of braces only",
                "service(x)                         | 8  | a service's name in double quotes",
                "service(\"x\") {}                  | 14 | expected a condition, found }",
                "service(id())                      | 11 | name:, type: or account.id:",
                "service(id(name: \"a\", name: \"b\")) | 22 | name is given twice",
                "edge(\"a\")                        | 8  | expected \",\"",
                "annotation                         | 10 | annotation.key or annotation[key]",
                "annotation. = 1                    | 0  | right after annotation.",
                "annotation.a.b = 1                 | 0  | annotation[a.b]",
                "annotation[a b]                    | 13 | expected \"]\"",
                "annotation[]                       | 11 | expected an annotation's key",
                "annotation.a > \"x\"               | 15 | expected a number",
                "annotation.a contains 5            | 22 | a string in double quotes",
                "annotation.a = b                   | 15 | a number, true, false, or a string",
                "group.name                         | 10 | \"=\" or \"!=\"",
                "group.name = shop                  | 13 | a group's name in double quotes",
                "rootcause.fault                    | 0  | unknown keyword",
                "rootcause.fault.entity             | 22 | expected \"{\"",
                "rootcause.fault.entity { coverage > 1 } | 25 | responsetime.entity",
                "rootcause.json = [                 | 17 | expected \"#\"",
                "rootcause.json = #{}               | 18 | expected \"[\"",
                "json = #[nul]                      | 9  | a value of JSON",
                "json = #[1,]                       | 11 | a value of JSON",
                "json = #[{\"a\":1,\"a\":2}]        | 16 | given twice",
            })
    void mistake_isNamedWhereItIs(String expression, int position, String reason) {
        FilterException error = error(expression);

        assertThat(error.reason()).contains(reason);
        assertThat(error.position()).isEqualTo(position);
    }

    private static FilterException error(String expression) {
        FilterException error = catchThrowableOfType(FilterException.class, () -> Filter.parse(expression));
        assertThat(error).as(expression).isNotNull();
        return error;
    }
}
