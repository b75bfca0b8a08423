package io.spanloom.spring;

import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Log lines show the trace, unless the application says otherwise: before Boot sets its logging up. */
final class LoggingDefaults implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    static final String MDC = "tracing.log.mdc";

    /** Between what reads application.yml (10) and what sets logging up (20). */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 15;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        String said = environment.getProperty(MDC);
        if (said == null || !said.trim().equalsIgnoreCase("false")) { // a wrong value is told when tracing is set up
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "spanloom", Map.of("logging.pattern.correlation", "[%X{trace_id:-} %X{span_id:-}] ")));
        }
    }
}
