package io.spanloom.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.http.HttpKeys.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://h/p, http://h/p",
        "http://user:pw@h:8080/p, http://h:8080/p",
        "http://user@h, http://h",
        "http://h/p@q, http://h/p@q",
        "http://u:p@h/a@b, http://h/a@b",
        "http://u@v@h/, http://h/",
        "http://h/p#fragment, http://h/p",
        "http://h/p?a=1&b=2, http://h/p?a=***&b=***",
        "http://h/p?a=1=2&b=, http://h/p?a=***&b=***",
        "http://h/p?bearer, http://h/p?***",
        "http://h/p?, http://h/p",
        "http://h/p?x=http://u:p@h/, http://h/p?x=***",
        "http://u:p@h?x=1, http://h?x=***",
        "/relative?x=1, /relative?x=***",
        "http://h/p;jsessionid=0A1B, http://h/p",
        "http://h/p;JSESSIONID=0A1B?x=1, http://h/p?x=***",
        "http://h/a;v=1;jsessionid=0A1B;w=2/b;access_token=x/c, http://h/a;v=1;w=2/b/c",
        "http://h/p;, http://h/p;",
        "http://h/a;b/c=d, http://h/a;b/c=d"
    })
    void byDefault_namesOfParametersAreKeptAndNobodysPassword(String url, String kept) {
        assertThat(RecordedUrl.of(url, Query.NAMES)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/p?page=2&access_token=x, http://h/p?page=2&access_token=***",
        "http://h/p?X-Amz-Signature=x, http://h/p?X-Amz-Signature=***",
        "http://h/p?%70assword=x&q=a%20b, http://h/p?%70assword=***&q=a%20b",
        "http://h/p?100%&q=1, http://h/p?100%&q=1",
        "http://h/p?%=x, http://h/p?%=x"
    })
    void all_keepsAllButSecrets(String url, String kept) {
        assertThat(RecordedUrl.of(url, Query.ALL)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"http://h/p?page=2, http://h/p", "http://u:p@h/p?x#y, http://h/p"})
    void none_keepsNoQuery(String url, String kept) {
        assertThat(RecordedUrl.of(url, Query.NONE)).isEqualTo(kept);
    }

    @Test
    void partsOfARequestsUrl_holdNoSession() {
        assertThat(RecordedUrl.of("http", "h", "/p;jsessionid=0A1B", "a=1", Query.NAMES))
                .isEqualTo("http://h/p?a=***");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /a/{id}/b, GET /a/:id/b",
        "GET, '/a/{id:[0-9]{2}}/b', GET /a/:id/b",
        "GET, /a/{*rest}, GET /a/:*rest",
        "BREW, /pot, HTTP /pot",
        "GET, '', GET",
        "GET, /a}/{b, GET /a}/:b"
    })
    void operations_areMethodAndRouteWithoutBraces(String method, String route, String name) {
        assertThat(OperationName.of(method, route)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "203.0.113.9, 203.0.113.9",
                "'203.0.113.9, 10.0.0.1', 203.0.113.9",
                "203.0.113.9:4711, 203.0.113.9",
                "'[2001:db8::1]:4711', 2001:db8::1",
                "2001:db8::1, 2001:db8::1",
                "unknown, null",
                "_hidden, null",
                "'', null",
                "' , 10.0.0.1', null",
                "<script>, null"
            })
    void forwardedAddress_isTheFirstThatIsOne(String header, String address) {
        assertThat(ClientAddress.first(header)).isEqualTo(address);
    }
}
