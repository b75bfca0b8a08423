package io.spanloom.rollbar;

import com.rollbar.api.payload.data.Level;
import com.rollbar.api.payload.data.Person;
import com.rollbar.notifier.Rollbar;
import com.rollbar.notifier.config.Config;
import com.rollbar.notifier.config.ConfigBuilder;
import com.rollbar.notifier.wrapper.RollbarThrowableWrapper;
import com.rollbar.notifier.wrapper.ThrowableWrapper;
import io.spanloom.TracingConfig;
import io.spanloom.spi.ThrownException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** rollbar-java's notifier, which makes the report's JSON. For one thread. */
final class Notifier {

    private final Rollbar rollbar;
    private final String service;
    private @Nullable Fault current;

    Notifier(TracingConfig config, RollbarSender sender) {
        service = config.service();
        String version = config.get(RollbarKeys.CODE_VERSION);
        // Without the token: the notifier logs whole payloads at debug level. The sender has it.
        Config settings = ConfigBuilder.withAccessToken(null)
                .environment(config.get(RollbarKeys.ENVIRONMENT))
                .codeVersion(version.isEmpty() ? null : version)
                .framework("spanloom")
                .context(() -> current == null ? null : current.span())
                .person(this::person)
                .timestamp(() -> current == null ? null : (Long) current.epochMillis())
                .handleUncaughtErrors(false)
                .truncateLargePayloads(true)
                .sender(sender)
                .build();
        rollbar = new Rollbar(settings);
    }

    private @Nullable Person person() {
        String id = current == null ? null : current.person();
        return id == null ? null : new Person.Builder().id(id).build();
    }

    /** Makes the report and hands it to the sender, on this thread. */
    void report(Fault fault) {
        current = fault;
        try {
            Throwable thrown = fault.thrown();
            String text = thrown == null ? fault.span() + " ended as a fault, without an exception" : null;
            rollbar.log(thrown == null ? null : wrapped(thrown), fault.custom(service), text, Level.ERROR, false);
        } finally {
            current = null;
        }
    }

    /** Without the exception itself, of which rollbar-java would take the stacks of all threads along. */
    private static @Nullable ThrowableWrapper wrapped(Throwable thrown) {
        List<ThrownException> chain = ThrownException.chain(thrown);
        ThrowableWrapper wrapper = null;
        for (int i = chain.size() - 1; i >= 0; i--) {
            ThrownException each = chain.get(i);
            StackTraceElement[] frames = each.frames().toArray(new StackTraceElement[0]);
            wrapper = new RollbarThrowableWrapper(each.type(), each.message(), frames, wrapper);
        }
        return wrapper;
    }
}
