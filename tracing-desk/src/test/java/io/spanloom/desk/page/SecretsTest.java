package io.spanloom.desk.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key | AKIAIOSFODNN7EXAMPLE
            header | Bearer abcdefghijklmnopqrstuv
            jwt | eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc
            token | ghp_0123456789abcdefghijklmnopqrstuvwxyz
            url | postgres://app:hunter2@db/cruddur
            pem | -----BEGIN RSA PRIVATE KEY-----
            card | 4111 1111 1111 1111
            card | 4111111111111111
            password | hunter2
            db.password | correct horse
            Authorization | something
            apiKey | abcd1234
            """)
    void secretValue_isFound(String key, String value) {
        assertThat(Secrets.suspicious(key, value)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            order | 1795287600123456
            count | 1234567890123
            trace_id | 1-6b014935-7ad1c6780862287cab74ea3d
            id | 6b0149357ad1c6780862287cab74ea3d
            url | https://cruddur.example/api/activities?user=ann@example.com
            passwordChanged | true
            password | ********
            password | [REDACTED]
            token_count | 4096
            statement | SELECT * FROM users WHERE password = ?
            card | 4111 1111 1111 1112
            """)
    void harmlessValue_isNot(String key, String value) {
        assertThat(Secrets.suspicious(key, value)).isFalse();
    }

    @Test
    void longHostileValue_takesNoTime() {
        String digits = "4 ".repeat(50_000);
        String text = "eyJ" + "a".repeat(100_000);
        String address = "://" + "a:".repeat(50_000);
        assertTimeout(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 100; i++) {
                boolean unused = Secrets.suspicious("key", digits)
                        || Secrets.suspicious("key", text)
                        || Secrets.suspicious("key", address);
            }
        });
    }
}
