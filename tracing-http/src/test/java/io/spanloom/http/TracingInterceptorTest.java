package io.spanloom.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Tracing;
import io.spanloom.test.TraceRecorder;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttp;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracingInterceptorTest extends ClientCases {

    private final OkHttpClient client =
            new OkHttpClient.Builder().addInterceptor(new TracingInterceptor()).build();

    TracingInterceptorTest() throws IOException {}

    @AfterEach
    void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    @Override
    int get(String url) throws Exception {
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            assertThat(response.body().string()).isEqualTo("ok");
            return response.code();
        }
    }

    /** By reflection: the compiler would write down the constant that it sees. */
    @Test
    void okHttp_isOfTheLineThatIsToBeTested() throws Exception {
        assertThat(OkHttp.class.getField("VERSION").get(null))
                .isEqualTo(System.getProperty("okhttp.version", "4.12.0"));
    }

    @Test
    void enqueuedCall_isPartOfTheTraceThatMadeIt(TraceRecorder traces) throws Exception {
        Call.Factory calls = TracingInterceptor.calls(client);
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Tracing.run("job", job -> {
            calls.newCall(new Request.Builder().url(server.url("/ok")).build()).enqueue(new Callback() {
                @Override
                public void onFailure(Call call, IOException failure) {
                    status.completeExceptionally(failure);
                }

                @Override
                public void onResponse(Call call, Response response) {
                    status.complete(response.code());
                    response.close();
                }
            });
            assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        });

        recorded(traces, 4).hasChild("127.0.0.1").withHttpStatus(200).hasChild("GET");
    }

    @Test
    void redirectedCall_isOneSpanAndKeepsItsTrace(TraceRecorder traces) throws Exception {
        traced(traces, "/moved", 5).hasChild("127.0.0.1").withHttpStatus(200); // job, call, two requests, work
    }
}
