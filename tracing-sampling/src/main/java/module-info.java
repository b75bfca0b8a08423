/** Sampling by X-Ray's rules: {@code tracing.sampling = rules} and {@code remote}. */
module io.spanloom.sampling {
    requires io.spanloom.core;
    requires com.fasterxml.jackson.core;
    requires static org.jspecify;

    exports io.spanloom.sampling;

    provides io.spanloom.spi.SamplerProvider with
            io.spanloom.sampling.RulesSamplerProvider;
}
