package io.spanloom.internal;

import io.spanloom.spi.DoctorCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks that modules bring which are neither backend nor sampler. */
public final class DoctorChecks {

    private DoctorChecks() {}

    /** As seen from this thread's context loader, and from core's where that sees none. */
    public static List<DoctorCheck> find() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        List<DoctorCheck> checks = context == null ? List.of() : from(context);
        return checks.isEmpty() ? from(DoctorChecks.class.getClassLoader()) : checks;
    }

    private static List<DoctorCheck> from(@Nullable ClassLoader loader) {
        List<DoctorCheck> checks = new ArrayList<>();
        Services.each(
                DoctorCheck.class,
                loader,
                checks::add,
                broken -> checks.add(findings -> {
                    throw new IllegalStateException("it cannot be loaded: " + broken, broken);
                }));
        return checks;
    }
}
