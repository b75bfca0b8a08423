package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "com.acme.Shop, com.acme.Shop, true",
        "com.acme.Shop, com.acme.Shops, false",
        "com.acme.*, com.acme.Shop, true",
        "com.acme.*, com.acme.sub.Shop, false",
        "com.acme.*, com.acme.Shop$Inner, true",
        "com.acme.**, com.acme.sub.deep.Shop, true",
        "com.acme.**, com.acmes.Shop, false",
        "**.Shop, com.acme.Shop, true",
        "**.Shop, Shop, true",
        "**.Shop, com.acme.MyShop, false",
        "**.*Service, com.acme.ShopService, true",
        "com.**.api.*, com.acme.api.v1.api.Shop, true",
        "com.**.api.*, com.api.Shop, true",
        "com.**.api.*, com.acme.Shop, false",
        "**, com.acme.Shop, true",
        "find*By*Id, findOrderByCustomerId, true",
        "find*By*Id, findOrderByCustomer, false",
        "*, anything, true"
    })
    void name_matchesAsTheWildcardsSay(String pattern, String name, boolean matches) {
        assertThat(new Glob(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void manyWildcards_takeNoMoreThanTheirLengthTimesTheNames() {
        Glob within = new Glob("*a".repeat(2_000) + "*b");
        Glob across = new Glob("**.a.".repeat(2_000) + "b");
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            assertThat(within.matches("a".repeat(20_000))).isFalse();
            assertThat(across.matches("a.".repeat(20_000) + "c")).isFalse();
        });
    }
}
