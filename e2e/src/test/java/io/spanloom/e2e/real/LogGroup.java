package io.spanloom.e2e.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The group {@code cruddur} of CloudWatch Logs, for which moto stands in, as the AWS CLI sees it. */
record LogGroup(String endpoint) {

    static final Map<String, String> AWS = Map.of(
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test",
            "AWS_DEFAULT_REGION", "eu-west-1",
            "AWS_EC2_METADATA_DISABLED", "true");

    /** What a person looking for a trace's lines asks. */
    List<String> lines(String traceId) throws Exception {
        List<String> lines = new ArrayList<>();
        for (JsonNode event : events(traceId)) {
            lines.add(event.path("message").asText().trim());
        }
        return lines;
    }

    /** Each with its message and its stream. */
    JsonNode events(String traceId) throws Exception {
        ProcessBuilder aws = new ProcessBuilder(
                Installed.python(),
                Installed.aws(),
                "--endpoint-url",
                endpoint,
                "logs",
                "filter-log-events",
                "--log-group-name",
                "cruddur",
                "--filter-pattern",
                '"' + traceId + '"');
        aws.environment().putAll(AWS);
        Process process = aws.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ObjectMapper json = new ObjectMapper();
        return process.waitFor() == 0 // the group comes with the first line
                ? json.readTree(said).path("events")
                : json.createArrayNode();
    }
}
