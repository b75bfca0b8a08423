package io.spanloom.otel;

import io.spanloom.spi.Reporter;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says that spans could not be sent, where to, and what to do. An exception's message is never repeated: the JDK's HTTP
 * client quotes a header that it refuses, and a header may be a secret.
 */
final class ExportProblem {

    private static final String RESPONSE = "io.opentelemetry.sdk.common.export.HttpResponse";

    private static final Pattern STATUS = Pattern.compile("status code (\\d{3})");

    private final String endpoint;

    /** @param endpoint where the spans go; only scheme, host, port and path are said */
    ExportProblem(String endpoint) {
        this.endpoint = shown(endpoint);
    }

    /** What was still waiting for its answer, or for another try, when tracing ended: its reason is not known yet. */
    void reportUnsent(long spans) {
        Reporter.warn(
                "TRC-150",
                spans + (spans == 1 ? " span was" : " spans were") + " not sent to " + endpoint
                        + " before tracing ended: is a collector or the desk listening there, and does it answer?"
                        + " OTEL_EXPORTER_OTLP_ENDPOINT says where to send");
    }

    void report(@Nullable Throwable thrown) {
        Reporter.warn("TRC-150", "spans could not be sent to " + endpoint + ": " + cure(thrown));
    }

    static String cure(@Nullable Throwable thrown) {
        String last = "the receiver gave no reason";
        for (Throwable next = thrown; next != null; next = next.getCause() == next ? null : next.getCause()) {
            String known = known(next);
            if (known != null) {
                return known;
            }
            last = next.getClass().getSimpleName();
        }
        return last + "; is OTEL_EXPORTER_OTLP_ENDPOINT right?";
    }

    private static @Nullable String known(Throwable thrown) {
        if (thrown instanceof UnresolvedAddressException || thrown instanceof UnknownHostException) {
            return "the host is not known here; is OTEL_EXPORTER_OTLP_ENDPOINT right?";
        }
        if (thrown instanceof ConnectException) {
            return thrown.getCause() instanceof UnresolvedAddressException
                    ? null // the cause says more
                    : "the connection was refused; is a collector or the desk listening there?"
                            + " OTEL_EXPORTER_OTLP_ENDPOINT says where to send";
        }
        if (thrown.getClass().getSimpleName().endsWith("TimeoutException")) { // several clients, one name
            return "the receiver did not answer in time; is it overloaded, or is a proxy in between?";
        }
        if (thrown instanceof SSLException) {
            return "the TLS connection failed; does the endpoint speak https, and is its certificate trusted"
                    + " (OTEL_EXPORTER_OTLP_CERTIFICATE)?";
        }
        Integer answered = status(thrown);
        if (answered != null) {
            return ofStatus(answered);
        }
        Matcher status = STATUS.matcher(String.valueOf(thrown.getMessage()));
        return status.find() ? ofStatus(Integer.parseInt(status.group(1))) : null;
    }

    /** The exporter's own exception holds the answer, and no text; its type is internal, and that of the answer not in every SDK. */
    private static @Nullable Integer status(Throwable thrown) {
        try {
            Object response = thrown.getClass().getMethod("getResponse").invoke(thrown);
            Class<?> known = Class.forName(RESPONSE, false, thrown.getClass().getClassLoader());
            return known.isInstance(response)
                    ? (Integer) known.getMethod("getStatusCode").invoke(response)
                    : null;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError other) {
            return null;
        }
    }

    static String ofStatus(int status) {
        return "the receiver answered " + status + "; "
                + switch (status) {
                    case 401, 403 -> "is the key in OTEL_EXPORTER_OTLP_HEADERS right?";
                    case 404, 405 -> "does the endpoint take OTLP over HTTP (usually port 4318, path /v1/traces)?";
                    case 413 -> "a smaller OTEL_BSP_MAX_EXPORT_BATCH_SIZE makes smaller requests";
                    case 429, 503 -> "it is overloaded or the account's limit is reached";
                    default -> "its own log says why";
                };
    }

    static String shown(String endpoint) {
        try {
            URI uri = new URI(endpoint);
            return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null).toString();
        } catch (URISyntaxException odd) {
            return "the configured endpoint";
        }
    }
}
