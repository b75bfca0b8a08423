package io.spanloom.sampling;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.TracingConfig;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/sampling.md shows is read as it says; its Java is compiled elsewhere. */
class SamplingDocTest {

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("(?s)```" + language + "\\n(.*?)```")
                .matcher(Files.readString(Path.of("../docs/sampling.md")));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    private static List<SamplingRule> rules(String json) {
        return RuleFile.rules(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void ruleOfTheService_isRead() throws IOException {
        assertThat(rules(blocks("json").get(0))).extracting(SamplingRule::name).containsExactly("Cruddur", "Default");
    }

    @Test
    void localRules_recordNoHealthChecks() throws IOException {
        List<SamplingRule> rules = rules(blocks("json").get(1));
        RuleSet set = RuleSet.local(rules);
        ActiveRule ofHealth = requireNonNull(set.match(Rules.question("GET", "any", "/health")));
        ActiveRule ofOthers = requireNonNull(set.match(Rules.question("GET", "any", "/api/home")));

        assertThat(ofHealth.rule.name()).isEqualTo("no health checks");
        assertThat(ofHealth.decide(SamplingClock.SYSTEM, 0).sampled()).isFalse();
        assertThat(ofOthers.rule.name()).isEqualTo("default");
    }

    @Test
    void properties_areAllowed() throws IOException {
        for (String block : blocks("properties")) {
            Properties properties = new Properties();
            properties.load(new StringReader(block));
            TracingConfig.Builder builder = TracingConfig.builder().alone();
            properties.stringPropertyNames().forEach(name -> builder.set(name, properties.getProperty(name)));

            assertThat(builder.build()).isNotNull();
        }
        assertThat(blocks("properties")).hasSize(2);
    }

    @Test
    void wrongFile_isRefusedInTheseWords() throws IOException {
        String wrong = blocks("json").get(0).replace("0.1", "7");
        String document = Files.readString(Path.of("../docs/sampling.md")).replaceAll("\\s+", " ");

        try {
            rules(wrong);
            throw new AssertionError("it was read");
        } catch (IllegalArgumentException refused) {
            assertThat(document).contains("is not allowed (" + refused.getMessage() + ")");
        }
    }
}
