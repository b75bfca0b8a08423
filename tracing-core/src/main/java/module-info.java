/** The Spanloom facade: starts spans on whatever backend is configured. */
module io.spanloom.core {
    requires org.slf4j;
    requires static org.jspecify;

    exports io.spanloom;
    exports io.spanloom.spi;
    exports io.spanloom.woven;

    uses io.spanloom.spi.AsyncResultType;
    uses io.spanloom.spi.BackendProvider;
    uses io.spanloom.spi.ConfigKeyProvider;
    uses io.spanloom.spi.DoctorCheck;
    uses io.spanloom.spi.SamplerProvider;
    uses io.spanloom.spi.SpanListenerProvider;

    provides io.spanloom.spi.BackendProvider with
            io.spanloom.backend.LogBackendProvider,
            io.spanloom.backend.NoneBackendProvider;
}
