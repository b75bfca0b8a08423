package io.spanloom.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the specification's own test suite asks of {@code tracestate}, and its limits. */
class TraceStateTest {

    private static String members(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "k" + i + "=v" + i).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1",
                "a=1,b=2",
                "b=2,a=1",
                "0digit=1",
                "tenant@system=1",
                "1tenant@s=1",
                "abcdefghijklmnopqrstuvwxyz0123456789_-*/@a-z0-9_-*/=1",
                "a= leading and inner blanks",
                "a=!\"#$%&'()*+-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
            })
    void validState_goesOnAsItCame(String state) {
        assertThat(TraceState.passable(state)).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a=1 \t , \t b=2,\t c=3", " a=1,b=2,c=3", "\ta=1,b=2,c=3 \t", "a=1,,b=2, ,c=3,", ",a=1,b=2,c=3"})
    void blanksAndEmptyMembers_doNotCount(String state) {
        assertThat(TraceState.passable(state)).isEqualTo("a=1,b=2,c=3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", ",", " , ,"})
    void nothing_isNone(String state) {
        assertThat(TraceState.passable(state)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "=1",
                "a=",
                "a=,b=3",
                "a=b=c",
                "a =1",
                "A=1",
                "a.b=1",
                "-a=1",
                "_a=1",
                "a@=1,b=2",
                "@a=1,b=2",
                "a@@b=1,b=2",
                "a@b@c=1,b=2",
                "a@1system=1",
                "a@-s=1",
                "a=1\r\nX: y",
                "a=\u00e9",
                "\u00e9=1",
                "a=\u0000",
                "a=1\t2",
                "b=2,a"
            })
    void malformedMember_discardsAll(String state) {
        assertThat(TraceState.passable(state)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1,a=1", "a=1,a=2", "a=1,b=2,a=3"})
    void keyThatIsThereTwice_discardsAll(String state) {
        assertThat(TraceState.passable(state)).isNull();
    }

    @Test
    void members_areThirtyTwoAtMost() {
        assertThat(TraceState.passable(members(32))).isEqualTo(members(32));
        assertThat(TraceState.passable(members(33))).isNull();
    }

    @Test
    void keys_areAsLongAsTheSpecificationSays() {
        assertThat(TraceState.passable("a=1," + "z".repeat(256) + "=1")).isNotNull();
        assertThat(TraceState.passable("a=1," + "z".repeat(257) + "=1")).isNull();
        assertThat(TraceState.passable("a=1," + "t".repeat(241) + "@" + "v".repeat(14) + "=1"))
                .isNotNull();
        assertThat(TraceState.passable("a=1," + "t".repeat(242) + "@v=1")).isNull();
        assertThat(TraceState.passable("a=1,t@" + "v".repeat(15) + "=1")).isNull();
    }

    @Test
    void values_areAsLongAsTheSpecificationSays() {
        assertThat(TraceState.passable("a=" + "v".repeat(256))).isNotNull();
        assertThat(TraceState.passable("a=" + "v".repeat(257))).isNull();
    }

    @Test
    void beyond512Characters_longMembersGoFirstThenTheLast() {
        String small = "k=" + "s".repeat(120);

        assertThat(TraceState.passable("a=1," + "long=" + "v".repeat(200) + ",b=2,other=" + "v".repeat(240) + ",c=3"))
                .isEqualTo("a=1,long=" + "v".repeat(200) + ",b=2,other=" + "v".repeat(240) + ",c=3");
        assertThat(TraceState.passable("a=1," + "long=" + "v".repeat(250) + ",b=2,other=" + "v".repeat(250) + ",c=3"))
                .isEqualTo("a=1,long=" + "v".repeat(250) + ",b=2,c=3");
        assertThat(TraceState.passable("1" + small + ",2" + small + ",3" + small + ",4" + small + ",5" + small))
                .isEqualTo("1" + small + ",2" + small + ",3" + small + ",4" + small);
    }

    @Test
    void headerOfAMegabyte_isNone() {
        assertThat(TraceState.passable("a=1,".repeat(1 << 18))).isNull();
        assertThat(TraceState.passable(null)).isNull();
    }
}
