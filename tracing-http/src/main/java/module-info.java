/** Requests in and calls out by HTTP; each library is needed only where it is used. */
module io.spanloom.http {
    requires transitive io.spanloom.core;
    requires static transitive java.net.http;
    requires static transitive jdk.httpserver;
    requires static transitive jakarta.servlet;
    requires static transitive org.apache.httpcomponents.client5.httpclient5;
    requires static transitive org.apache.httpcomponents.core5.httpcore5;
    requires static transitive okhttp3;
    requires static org.jspecify;

    exports io.spanloom.http;

    provides io.spanloom.spi.ConfigKeyProvider with
            io.spanloom.http.HttpKeys;
}
