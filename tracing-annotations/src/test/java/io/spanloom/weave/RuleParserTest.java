package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleParserTest {

    private static List<MethodRule> parse(String text) throws RuleParser.RefusedException {
        return RuleParser.parse(text, "here", true);
    }

    @Test
    void rulesWithEverythingInThem_areRead() throws Exception {
        List<MethodRule> rules = parse(
                "com.acme.**,\n public protected @org.Repository @**.Slow com.acme.*Dao#find*(String, int[], **.Order)"
                        + " { id = order.id, metadata acme:lines = result.lines().size(), metadata all = arg1 }");
        assertThat(rules).hasSize(2);
        assertThat(rules.get(0).method()).isNull();
        MethodRule dao = rules.get(1);
        assertThat(dao.visibilities()).containsExactly("public", "protected");
        assertThat(dao.annotations()).extracting(Glob::toString).containsExactly("org.Repository", "**.Slow");
        assertThat(dao.type()).hasToString("com.acme.*Dao");
        assertThat(dao.method()).hasToString("find*");
        assertThat(Objects.requireNonNull(dao.parameters()))
                .extracting(Glob::toString)
                .containsExactly("String", "int[]", "**.Order");
        assertThat(dao.captures())
                .containsExactly(
                        new MethodRule.Capture(false, "default", "id", "order", "id"),
                        new MethodRule.Capture(true, "acme", "lines", "result", "lines().size()"),
                        new MethodRule.Capture(true, "default", "all", "arg1", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Shop                        | 0  | 'Shop' has no package; '**.Shop' means it in any",
                "com.acme.Shop#              | 14 | a method's name is missing after '#'",
                "com.acme.Shop#a.b           | 14 | a method's name has no dots and no **",
                "com.acme..Shop              | 9  | a name is missing beside the dot",
                "com.acme.**Shop             | 9  | ** stands alone between dots; within a name it is *",
                "com.acme.Shop#buy(int       | 21 | it ends where a comma or ')' is expected",
                "com.acme.Shop#buy(int,)     | 22 | a parameter's type is missing",
                "com.acme.Shop buy           | 14 | 'b' is not allowed here: a comma or the end of the rules is expected",
                "com.acme.Shop#buy {id}      | 21 | '}' is not allowed here: '=' and what to record is expected",
                "com.acme.Shop#buy {id = }   | 24 | a parameter's name, arg0, arg1, ..., or result is expected",
                "com.acme.Shop#buy {= a}     | 19 | a key is missing",
                "com.acme.Shop#buy {a = b    | 24 | it ends where a comma or '}' is expected",
                "@Slow com.acme.Shop         | 1  | 'Slow' has no package",
                "public                      | 6  | a class after 'public' is missing",
                "com.acme.Shop, ; com.a.B    | 15 | a class is missing",
            })
    void mistake_isPointedAt(String text, int position, String message) {
        try {
            parse(text);
            throw new AssertionError("was read");
        } catch (RuleParser.RefusedException refused) {
            assertThat(refused).hasMessageStartingWith(message);
            assertThat(refused.position).isEqualTo(position);
        }
    }

    @Test
    void settings_sayKeyOriginPlaceAndWhatIsAllowed() {
        WeaveSettings settings =
                WeaveSettings.ofText("tracing.weave.include = com.acme.Shop#", "app.jar!/tracing.properties");
        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith(
                        "tracing.weave.include (app.jar!/tracing.properties): a method's name is missing after '#'\n"
                                + "    com.acme.Shop#\n"
                                + "                  ^\n"
                                + "  allowed: [public|protected|package|private] [@annotation.Type] package.Class");
    }

    @Test
    void capturesOfWhatIsExcluded_areRefused() {
        assertThat(WeaveSettings.ofText("tracing.weave.exclude = a.B {x = y}", "file")
                        .problems())
                .singleElement()
                .asString()
                .contains("what is excluded records nothing");
    }

    @Test
    void unknownKeysWordsAndNumbers_areAllSaid() {
        WeaveSettings settings = WeaveSettings.ofText(
                "tracing.weave.inlcude = a.B\ntracing.weave.foreign = otel, brave\ntracing.weave.include.max = many",
                "file");
        assertThat(settings.problems())
                .satisfiesExactlyInAnyOrder(
                        each -> assertThat(each).startsWith("unknown key tracing.weave.inlcude (file). Known: "),
                        each -> assertThat(each)
                                .startsWith("tracing.weave.foreign (file): 'brave' is not known. Allowed: otel, xray,"),
                        each -> assertThat(each).contains("'many' is no number of methods. Allowed: 0 to 2147483647"));
        assertThat(settings.foreign()).isEmpty();
        assertThat(settings.selection().isEmpty()).isTrue();
    }

    @Test
    void nothingConfigured_isTheSameForAll() {
        assertThat(WeaveSettings.ofText("tracing.service = x", "file")).isSameAs(WeaveSettings.NONE);
    }
}
