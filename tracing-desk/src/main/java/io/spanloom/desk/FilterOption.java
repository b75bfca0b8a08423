package io.spanloom.desk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which traces a command is about. */
final class FilterOption {
    @Parameters(
            arity = "0..*",
            paramLabel = "FILTER",
            description = "A filter expression of X-Ray, such as: service(\"shop\") { fault } AND responsetime > 2")
    private List<String> words = List.of();

    @Option(names = "--group", paramLabel = "NAME", description = "Only traces of this group.")
    private @Nullable String group;

    /** To be added to. */
    Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("filter", String.join(" ", words));
        query.put("group", group == null ? "" : group);
        return query;
    }
}
