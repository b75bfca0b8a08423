package io.spanloom.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/activities/home", "a_b.c:d/e%f&g#h=i+j-k@l", "prüfe", "確認", "x"})
    void nameThatEveryBackendTakes_isTheVeryString(String name) {
        assertThat(Names.spanName(name)).isEqualTo(name);
    }

    @Test
    void plainName_isNotCopied() {
        String name = "NotificationsActivities.run";

        assertThat(Names.spanName(name)).isSameAs(name);
        assertThat(Names.annotationKey("user_handle")).isSameAs("user_handle");
        assertThat(Names.metadataKey("results")).isSameAs("results");
    }

    @ParameterizedTest
    @CsvSource({"a<b>|c,abc", "'a\tb\nc',abc", "SELECT * FROM t;,SELECT  FROM t", "(😀)x,x"})
    void charactersThatXRayRefuses_areLeftOut(String name, String kept) {
        assertThat(Names.spanName(name)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "   ", "***", "\n", " ! ", "😀"})
    void nameWithNothingLeft_isSpan(String name) {
        assertThat(Names.spanName(name)).isEqualTo("span");
    }

    @Test
    void longName_isCutAt200BytesBetweenCharacters() {
        assertThat(Names.spanName("n".repeat(201))).isEqualTo("n".repeat(200));
        String wide = Names.spanName("確".repeat(100));

        assertThat(wide).isEqualTo("確".repeat(66));
        assertThat(wide.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"user.handle,user_handle", "a b-c,a_b_c", "é,_", "'',_"})
    void annotationKey_isMadeOfLettersDigitsAndUnderscores(String key, String canonical) {
        assertThat(Names.annotationKey(key)).isEqualTo(canonical);
    }

    @Test
    void longKeys_areCutAt500Characters() {
        assertThat(Names.annotationKey("k".repeat(501))).hasSize(500);
        assertThat(Names.metadataKey("k".repeat(501))).hasSize(500);
        assertThat(Names.metadataNamespace("k".repeat(501))).hasSize(500);
    }

    @ParameterizedTest
    @CsvSource({"AWS.x,AWS_x", "aws.x,aws.x", "'',_", "a key,a key"})
    void metadataKey_leavesXRaysOwnToXRay(String key, String canonical) {
        assertThat(Names.metadataKey(key)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({"'',default", "Default,default", "AWS.x,AWS_x", "activities,activities"})
    void metadataNamespace_isTheDefaultOneWhereItHasNoName(String namespace, String canonical) {
        assertThat(Names.metadataNamespace(namespace)).isEqualTo(canonical);
    }

    @Test
    void cut_leavesNoHalfOfACharacter() {
        assertThat(Names.cut("ab😀", 3)).isEqualTo("ab");
        assertThat(Names.cut("ab😀", 4)).isEqualTo("ab😀");
        assertThat(Names.cut("abc", 2)).isEqualTo("ab");
    }
}
