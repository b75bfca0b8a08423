package io.spanloom.doctor;

import io.spanloom.spi.DoctorCheck;
import io.spanloom.spi.Findings;
import io.spanloom.weave.Installation;
import io.spanloom.weave.Weaver;

/**
 * Who weaves, how much is woven, and what is not. Apart from the weaver, which does without {@code tracing-core}: in the agent
 * there is none.
 */
public final class WeaverCheck implements DoctorCheck {

    private static final String TOPIC = "weaving";
    private static final String AS_THE_PAGE_SAYS = "as the page of the code says";

    /** Called by {@link java.util.ServiceLoader}. */
    public WeaverCheck() {}

    @Override
    public void check(Findings findings) {
        Installation installation = Weaver.installation();
        if (installation.installed()) {
            findings.ok(TOPIC, Weaver.report().toString());
        } else {
            findings.note(TOPIC, "annotations do nothing unless a build has woven them: " + installation.message());
        }
        for (String warning : Weaver.warnings()) {
            int colon = Math.max(0, warning.indexOf(": "));
            findings.problem(
                    TOPIC,
                    warning.substring(0, colon),
                    warning.substring(colon + 1).trim(),
                    AS_THE_PAGE_SAYS);
        }
    }
}
