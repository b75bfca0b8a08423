package io.spanloom.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.spanloom.http.TracingExecChainHandler;
import io.spanloom.http.TracingFilter;
import io.spanloom.http.TracingHttpClient;
import io.spanloom.http.TracingInterceptor;
import io.spanloom.http.TracingServerFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.EnumSet;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;

/** The code of docs/http.md, compiled. {@link SnippetsTest} holds them together. */
@SuppressWarnings("unused")
final class HttpSnippets {

    interface Routes {
        String template(HttpExchange exchange);
    }

    static void servlets(ServletContext context) {
        FilterRegistration.Dynamic tracing = context.addFilter("tracing", new TracingFilter());
        tracing.setAsyncSupported(true);
        tracing.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
    }

    static void server(HttpServer server, HttpHandler handler, Routes routes) {
        server.createContext("/api", handler).getFilters().add(new TracingServerFilter());
        server.createContext("/", handler)
                .getFilters()
                .add(new TracingServerFilter(exchange -> routes.template(exchange)));
    }

    static void client() {
        HttpClient client = TracingHttpClient.wrap(HttpClient.newHttpClient());
        HttpClient profiles = TracingHttpClient.wrap(HttpClient.newHttpClient(), "profiles");
    }

    static void apache() throws IOException {
        CloseableHttpClient client = HttpClients.custom()
                .addExecInterceptorAfter(ChainElement.REDIRECT.name(), "tracing", new TracingExecChainHandler())
                .build();
        client.close();
    }

    static void okHttp() {
        OkHttpClient client = new OkHttpClient.Builder()
                .addInterceptor(new TracingInterceptor())
                .build();
        Call.Factory calls = TracingInterceptor.calls(client);
    }

    private HttpSnippets() {}
}
