package io.spanloom.awssdk;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.spi.Reporter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;

/**
 * Interceptors of others that make a span of each call, too: the X-Ray SDK's and OpenTelemetry's. What they do to a call is
 * told by what they keep in its attributes; looked at only where one of them is on the class path.
 */
final class OtherTracing {

    /** What each client of the SDK is given. */
    private static final String LISTS = "software/amazon/awssdk/global/handlers/execution.interceptors";

    private static final String OF_XRAY = "com/amazonaws/xray/interceptors/TracingInterceptor.class";
    private static final String OF_OPENTELEMETRY = "io/opentelemetry/instrumentation/awssdk/v2_2/AwsSdkTelemetry.class";

    private static final boolean XRAY = isThere(OF_XRAY);
    private static final boolean OPENTELEMETRY = isThere(OF_OPENTELEMETRY) || isListed("opentelemetry");

    private OtherTracing() {}

    /** Whether another may begin its span at a request only after this one: OpenTelemetry's does, by the order of the class path. */
    static boolean mayFollow() {
        return OPENTELEMETRY;
    }

    /** Whether another has begun a span for the call, in this trace. */
    static boolean traces(ExecutionAttributes attributes) {
        return traces(attributes, XRAY || OPENTELEMETRY);
    }

    static boolean traces(ExecutionAttributes attributes, boolean anyOther) {
        if (!anyOther) {
            return false;
        }
        for (Map.Entry<ExecutionAttribute<?>, Object> each :
                attributes.getAttributes().entrySet()) {
            String other = each.getValue() == null ? null : other(each.getKey().toString(), each.getValue());
            if (other != null) {
                Reporter.warn(
                        "TRC-271",
                        "calls of the AWS SDK are traced by " + other + " as well: they are left to it. Take"
                                + " tracing-aws-sdk or the other from the class path");
                return true;
            }
        }
        return false;
    }

    private static @Nullable String other(String key, Object value) {
        if (key.equals("AWS X-Ray Entity")) {
            // Where the X-Ray SDK knows of no segment it makes one that does nothing.
            boolean nothing = value.getClass().getSimpleName().startsWith("NoOp");
            return nothing ? null : "the X-Ray SDK's TracingInterceptor";
        }
        if (key.endsWith("TracingExecutionInterceptor.Context")) {
            // A context tells its span, and a span its trace: another's is none of ours.
            Span current = Tracing.current();
            boolean ours = current != Span.noop() && value.toString().contains(current.traceId());
            return ours ? "OpenTelemetry's instrumentation" : null;
        }
        return null;
    }

    private static boolean isThere(String resource) {
        return loader().getResource(resource) != null;
    }

    private static boolean isListed(String part) {
        try {
            Enumeration<URL> lists = loader().getResources(LISTS);
            while (lists.hasMoreElements()) {
                URLConnection connection = lists.nextElement().openConnection();
                connection.setUseCaches(false); // a jar that stays open cannot be replaced
                try (BufferedReader lines = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                    if (lines.lines().anyMatch(line -> line.contains(part))) {
                        return true;
                    }
                }
            }
        } catch (IOException | UncheckedIOException unreadable) {
            return false; // the SDK could not read it either
        }
        return false;
    }

    /** Of this module, which the SDK has found in the application's; that sees the SDK, too. */
    private static ClassLoader loader() {
        ClassLoader own = OtherTracing.class.getClassLoader();
        return own != null ? own : ClassLoader.getSystemClassLoader();
    }
}
