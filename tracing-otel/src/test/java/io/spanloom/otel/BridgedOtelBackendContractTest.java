package io.spanloom.otel;

/** The contract, with contexts made by the API's own storage, as the OpenTelemetry agent needs them. */
class BridgedOtelBackendContractTest extends OtelBackendContractTest {

    @Override
    boolean isBridged() {
        return true;
    }
}
