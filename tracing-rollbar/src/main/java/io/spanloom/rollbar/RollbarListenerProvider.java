package io.spanloom.rollbar;

import io.spanloom.TracingConfig;
import io.spanloom.spi.SpanListener;
import io.spanloom.spi.SpanListenerProvider;
import org.jspecify.annotations.Nullable;

/** Reports to Rollbar where {@code tracing.rollbar.token} is there, and is silent where it is not. */
public final class RollbarListenerProvider implements SpanListenerProvider {

    /** Called by the service loader. */
    public RollbarListenerProvider() {}

    @Override
    public @Nullable SpanListener create(TracingConfig config) {
        String token = config.get(RollbarKeys.TOKEN).trim();
        if (token.isEmpty()) {
            return null;
        }
        RollbarSender sender = new RollbarSender(config.get(RollbarKeys.ENDPOINT), token);
        return new RollbarListener(
                new Deliveries(new Notifier(config, sender), sender), config.get(RollbarKeys.PERSON));
    }
}
