package io.spanloom.spi;

/**
 * Looks at one part of tracing for {@link io.spanloom.Tracing#doctor()}.
 *
 * <pre>{@code
 * final class AcmeBackend implements Backend, DoctorCheck {
 *     public void check(Findings findings) {
 *         findings.ok("acme", "12 spans wait to be sent");
 *     }
 * }
 * }</pre>
 *
 * <p>The {@link Backend}s and the {@link Sampler} in force that implement it are asked; others are found by
 * {@link java.util.ServiceLoader}. Called on the thread that asks the doctor, which may wait: a check may resolve names and
 * connect, for two seconds at most. What it throws becomes a finding of its own.
 */
@FunctionalInterface
public interface DoctorCheck {

    /** Says what there is to say; may be called again at any time, and by several threads. */
    void check(Findings findings);
}
