package io.spanloom.xray;

import com.amazonaws.xray.plugins.EKSPlugin;
import com.fasterxml.jackson.databind.JsonNode;
import io.spanloom.TracingConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A platform of AWS, and how a process learns where on it it runs: in the words of the X-Ray SDK's plugin of the same
 * platform. In the order of precedence: the first that is found is the segments' {@code origin}.
 */
enum AwsPlugin {
    /** A file that Elastic Beanstalk writes. */
    BEANSTALK("elastic_beanstalk", "AWS::ElasticBeanstalk::Environment", "TRC-123") {
        @Override
        Found find(TracingConfig config) throws IOException {
            JsonNode file = MetadataService.object(Files.readString(Path.of(config.get(PluginKeys.BEANSTALK_FILE))));
            Map<String, Object> about = new LinkedHashMap<>();
            file.properties().forEach(entry -> {
                JsonNode value = entry.getValue();
                about.put(entry.getKey(), value.isIntegralNumber() ? (Object) value.asLong() : value.asText());
            });
            return new Found(about, null);
        }
    },
    /** Kubernetes' API, asked by the SDK's own plugin with the pod's credentials. */
    EKS("eks", "AWS::EKS::Container", "TRC-124") {
        @Override
        Found find(TracingConfig config) throws IOException {
            EKSPlugin plugin = new EKSPlugin();
            if (!plugin.isEnabled()) {
                throw new IOException("this is no pod: it has no service account of Kubernetes");
            }
            return new Found(new LinkedHashMap<>(plugin.getRuntimeContext()), null);
        }
    },
    /** The task metadata endpoint, version 4 or 3. */
    ECS("ecs", "AWS::ECS::Container", "TRC-125") {
        @Override
        Found find(TracingConfig config) throws IOException {
            URI endpoint = config.get(PluginKeys.ECS_ENDPOINT);
            if (endpoint.toString().isEmpty()) {
                throw new IOException("ECS_CONTAINER_METADATA_URI_V4 is not set");
            }
            JsonNode container = new MetadataService(endpoint).json("", Map.of());
            Map<String, Object> about = new LinkedHashMap<>();
            about.put("container", InetAddress.getLocalHost().getHostName());
            put(about, "container_id", container.path("DockerId"));
            put(about, "container_arn", container.path("ContainerARN"));
            return new Found(about, logGroup(container));
        }
    },
    /** The instance metadata service, version 2, or 1 where that is all there is. */
    EC2("ec2", "AWS::EC2::Instance", "TRC-126") {
        @Override
        Found find(TracingConfig config) throws IOException {
            MetadataService service = new MetadataService(config.get(PluginKeys.EC2_ENDPOINT));
            Map<String, String> headers = Map.of();
            try {
                headers = Map.of(
                        "X-aws-ec2-metadata-token",
                        service.text("PUT", "/latest/api/token", Map.of("X-aws-ec2-metadata-token-ttl-seconds", "60")));
            } catch (MetadataService.RefusedException version1) {
                // It answered: asked without a token, it may say more.
            }
            JsonNode identity = service.json("/latest/dynamic/instance-identity/document", headers);
            Map<String, Object> about = new LinkedHashMap<>();
            put(about, "instance_id", identity.path("instanceId"));
            put(about, "availability_zone", identity.path("availabilityZone"));
            put(about, "instance_size", identity.path("instanceType"));
            put(about, "ami_id", identity.path("imageId"));
            if (about.isEmpty()) {
                throw new IOException("the identity document names no instance");
            }
            return new Found(about, null);
        }
    };

    private final String key;
    private final String origin;
    private final String code;

    AwsPlugin(String key, String origin, String code) {
        this.key = key;
        this.origin = origin;
        this.code = code;
    }

    /**
     * What was found.
     *
     * @param about the entries of the segment's {@code aws.<key>}
     * @param logs an entry of {@code aws.cloudwatch_logs}; null where none is known
     */
    record Found(Map<String, Object> about, @Nullable Map<String, Object> logs) {}

    /** Asks the platform. Blocks, for some seconds at most for each of a few questions. */
    abstract Found find(TracingConfig config) throws IOException;

    /** The name in a segment's {@code aws} block. */
    String key() {
        return key;
    }

    /** The {@code origin} of segments. */
    String origin() {
        return origin;
    }

    /** What it is said by that the platform does not answer: one each, for a code is said once a minute. */
    String code() {
        return code;
    }

    private static void put(Map<String, Object> about, String key, JsonNode value) {
        if (value.isTextual()) {
            about.put(key, value.asText());
        }
    }

    private static @Nullable Map<String, Object> logGroup(JsonNode container) {
        String group = container.at("/LogOptions/awslogs-group").asText("");
        if (group.isEmpty()) {
            return null;
        }
        String region = container.at("/LogOptions/awslogs-region").asText("");
        List<String> arn = List.of(container.path("ContainerARN").asText("").split(":", -1));
        return region.isEmpty() || arn.size() < 5
                ? Map.of("log_group", group)
                : Map.of(
                        "log_group",
                        group,
                        "arn",
                        "arn:" + arn.get(1) + ":logs:" + region + ":" + arn.get(4) + ":log-group:" + group);
    }
}
