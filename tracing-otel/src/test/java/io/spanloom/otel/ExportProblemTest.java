package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.exporter.internal.FailedExportException;
import io.opentelemetry.sdk.common.export.HttpResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

class ExportProblemTest {

    @Test
    void refusedConnection_asksWhetherAnybodyListens() {
        assertThat(ExportProblem.cure(new IOException(new ConnectException())))
                .contains("refused", "collector or the desk", "OTEL_EXPORTER_OTLP_ENDPOINT");
    }

    @Test
    void unknownHost_isSaidAsSuch() {
        ConnectException refused = new ConnectException();
        refused.initCause(new UnresolvedAddressException());

        assertThat(ExportProblem.cure(refused)).startsWith("the host is not known here");
    }

    @Test
    void refusedKey_namesTheVariableThatHoldsIt() {
        assertThat(ExportProblem.cure(new IOException("Server responded with HTTP status code 401.")))
                .contains("401", "OTEL_EXPORTER_OTLP_HEADERS");
    }

    @Test
    void answerOfTheReceiver_isSaidByItsStatus() {
        HttpResponse unauthorized = new HttpResponse() {
            @Override
            public int getStatusCode() {
                return 401;
            }

            @Override
            public String getStatusMessage() {
                return "";
            }

            @Override
            public byte[] getResponseBody() {
                return new byte[0];
            }
        };

        assertThat(ExportProblem.cure(FailedExportException.httpFailedWithResponse(unauthorized)))
                .contains("answered 401", "OTEL_EXPORTER_OTLP_HEADERS");
    }

    @Test
    void messageOfAnException_isNeverRepeated() {
        assertThat(ExportProblem.cure(new IllegalArgumentException("invalid header value: \"secret\"")))
                .contains("IllegalArgumentException")
                .doesNotContain("secret");
    }

    @Test
    void noReason_isSaidAsSuch() {
        assertThat(ExportProblem.cure(null)).contains("gave no reason");
    }
}
