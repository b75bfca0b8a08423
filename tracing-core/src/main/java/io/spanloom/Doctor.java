package io.spanloom;

import io.spanloom.Diagnosis.Finding;
import io.spanloom.internal.BackendProviders;
import io.spanloom.internal.DoctorChecks;
import io.spanloom.internal.Fatal;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.DoctorCheck;
import io.spanloom.spi.Findings;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.Sampler;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks everything that knows something, one after the other. */
final class Doctor {

    private static final String CONFIGURATION = "configuration";
    private static final String MEND = "mend the key that is named";

    private final Findings findings = new Findings();
    private final Setup setup;

    private Doctor(Setup setup) {
        this.setup = setup;
    }

    /** Never throws. */
    static Diagnosis examine() {
        try {
            return new Doctor(Lifecycle.active()).findAll();
        } catch (TracingConfigException strict) {
            Findings findings = new Findings();
            findings.problem(CONFIGURATION, "TRC-002", String.valueOf(strict.getMessage()), MEND);
            return new Diagnosis(findings.list());
        }
    }

    private Diagnosis findAll() {
        guarded(CONFIGURATION, this::configuration);
        guarded("spans", this::spans);
        guarded("sampling", this::sampling);
        if (setup.backend() != Backend.none()) {
            guarded("listeners", new ListenersCheck(setup.listening()));
        }
        for (Backend backend : backends()) {
            if (backend instanceof DoctorCheck check) {
                guarded(backend.name(), check);
            }
        }
        for (DoctorCheck check : DoctorChecks.find()) {
            guarded(check.getClass().getSimpleName(), check);
        }
        guarded("messages so far", this::messages);
        return new Diagnosis(findings.list());
    }

    private List<Backend> backends() {
        return setup.backend() instanceof FanoutBackend several ? several.backends() : List.of(setup.backend());
    }

    private void guarded(String topic, DoctorCheck check) {
        try {
            check.check(findings);
        } catch (Throwable thrown) {
            Fatal.rethrow(thrown);
            findings.problem(topic, "TRC-044", "the check could not be made: " + thrown, "report it, with this line");
        }
    }

    private void configuration(Findings to) {
        TracingConfig config = setup.config();
        String wrong = Lifecycle.problem();
        if (wrong != null) {
            to.problem(CONFIGURATION, "TRC-002", "tracing is off: " + wrong, MEND);
        }
        for (ConfigKey<?> key : TracingConfig.keys()) {
            TracingConfig.Setting given = config.setting(key);
            if (given != null) {
                String value = key.isSecret() ? "***" : given.text();
                to.ok(CONFIGURATION, key.name() + " = " + value + ", from " + given.origin());
            }
        }
        String found =
                BackendProviders.find().stream().map(BackendProvider::name).collect(Collectors.joining(", "));
        if (setup.backend() != Backend.none()) {
            to.ok(CONFIGURATION, "spans go to " + setup.backend().name() + "; backends on the class path: " + found);
            service(config, to);
        } else if (wrong == null && config.backends().isEmpty()) {
            to.problem(
                    CONFIGURATION,
                    "TRC-001",
                    "tracing is off: no backend is configured, and the class path has only " + found,
                    "add io.spanloom:tracing-xray or io.spanloom:tracing-otel, or set tracing.backend = log");
        } else if (wrong == null) {
            to.note(CONFIGURATION, "tracing is off by tracing.backend; backends on the class path: " + found);
        }
    }

    private static void service(TracingConfig config, Findings to) {
        if (!config.isSet(TracingConfig.SERVICE)) {
            to.problem(
                    CONFIGURATION,
                    "TRC-045",
                    "the service has no name: its traces stand under " + config.service(),
                    "set tracing.service, TRACING_SERVICE, AWS_XRAY_TRACING_NAME or OTEL_SERVICE_NAME");
        }
    }

    private void spans(Findings to) {
        if (setup.backend() == Backend.none()) {
            return;
        }
        BackendStats stats = setup.stats();
        String counts =
                stats.offered() + " offered, " + stats.delivered() + " delivered, " + stats.queued() + " queued";
        if (stats.droppedTotal() == 0) {
            to.ok("spans", counts + ", none dropped");
        } else {
            to.problem(
                    "spans",
                    "TRC-046",
                    counts + ", dropped: " + stats.dropped(),
                    "each reason was said when it happened, see the messages below");
        }
    }

    private void sampling(Findings to) {
        if (setup.backend() == Backend.none()) {
            return;
        }
        Sampler sampler = setup.sampler().peek();
        switch (setup.config().sampling()) {
            case ALL -> to.ok("sampling", "every new trace is recorded");
            case NONE -> to.note("sampling", "no new trace is recorded (tracing.sampling = none)");
            default -> to.ok("sampling", "by " + (sampler == null ? "rules that nobody has asked yet" : sampler));
        }
        if (sampler instanceof DoctorCheck check) {
            check.check(to);
        }
    }

    private void messages(Findings to) {
        Set<String> known = to.list().stream().map(Finding::code).collect(Collectors.toSet());
        List<Reporter.Message> said = Reporter.messages().stream()
                .filter(message -> !known.contains(message.code()))
                .toList();
        for (Reporter.Message message : said) {
            String times = message.times() == 1 ? "" : " (" + message.times() + " times)";
            to.problem("messages so far", message.code(), message.text() + times, "as the page of the code says");
        }
        if (said.isEmpty()) {
            to.ok("messages so far", known.equals(Set.of("")) ? "none" : "none but those above");
        }
    }
}
