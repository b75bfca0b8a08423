package io.spanloom.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.test.TraceRecorder;
import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracingExecChainHandlerTest extends ClientCases {

    private final CloseableHttpClient client = HttpClients.custom()
            .disableAutomaticRetries()
            .addExecInterceptorAfter(ChainElement.REDIRECT.name(), "tracing", new TracingExecChainHandler())
            .build();

    TracingExecChainHandlerTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        client.close();
    }

    @Override
    int get(String url) throws Exception {
        return client.execute(new HttpGet(url), response -> {
            assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("ok");
            return response.getCode();
        });
    }

    @Test
    void redirectedCall_isASpanForEachHopWithItsTrace(TraceRecorder traces) throws Exception {
        traced(traces, "/moved", 6);

        assertThat(traces.onlyTrace().spans().stream()
                        .map(span -> span.name() + " "
                                + (span.response() == null
                                        ? ""
                                        : span.response().status())))
                .containsExactlyInAnyOrder("job ", "127.0.0.1 302", "127.0.0.1 200", "GET 302", "GET 200", "work ");
    }
}
