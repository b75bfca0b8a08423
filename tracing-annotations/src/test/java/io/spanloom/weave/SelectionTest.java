package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import shop.legacy.Billing;
import shop.legacy.Ledger;

/** What is said of rules, and the limit; on classes that no rule of these tests' own configuration has changed. */
class SelectionTest {

    private static byte[] bytes(Class<?> type) {
        try (InputStream file = type.getResourceAsStream(type.getName().replaceAll(".*\\.", "") + ".class")) {
            return Objects.requireNonNull(file).readAllBytes();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Selection select(String properties, Class<?>... types) {
        WeaveSettings settings = WeaveSettings.ofText(properties, "test " + properties.hashCode());
        assertThat(settings.problems()).isEmpty();
        for (Class<?> type : types) {
            plans(settings, type);
        }
        return settings.selection();
    }

    private static List<MethodPlan> plans(WeaveSettings settings, Class<?> type) {
        KnownTypes known = new KnownTypes(settings);
        return known.concern(bytes(type), ClassFileSource.NONE)
                ? new ClassFile(bytes(type), known, ClassFileSource.NONE).plans()
                : List.of();
    }

    @Test
    void methodsBeyondTheLimit_areLeftOutAndSaidOnce() {
        WeaveSettings settings =
                WeaveSettings.ofText("tracing.weave.include = shop.legacy.**\ntracing.weave.include.max = 2", "limit");
        List<MethodPlan> plans = plans(settings, Billing.class);
        assertThat(plans).filteredOn(MethodPlan::isWoven).hasSize(2);
        assertThat(plans)
                .filteredOn(plan -> !plan.isWoven())
                .singleElement()
                .satisfies(plan -> assertThat(plan.remark())
                        .contains(
                                "included by 'shop.legacy.**' (limit), but tracing.weave.include.max = 2 is reached"));
        assertThat(settings.selection().warnings())
                .singleElement()
                .satisfies(warning -> assertThat(String.join(" ", warning))
                        .startsWith(
                                "TRC-072 tracing.weave.include means 1 methods more than tracing.weave.include.max = 2")
                        .contains("shop.legacy.Billing#refuse"));
        assertThat(settings.selection().warnings()).isEmpty();
    }

    @Test
    void classThatIsReadAgain_takesNoMoreOfTheLimit() {
        WeaveSettings settings = WeaveSettings.ofText(
                "tracing.weave.include = shop.legacy.Billing#charge\ntracing.weave.include.max = 2", "again");
        plans(settings, Billing.class);
        assertThat(plans(settings, Billing.class)).hasSize(2).allMatch(MethodPlan::isWoven);
    }

    @Test
    void ruleThatMeetsNoClass_namesTheNearest() {
        assertThat(select("tracing.weave.include = shop.legacy.Biling", Billing.class, Ledger.class)
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(String.join(" ", warning))
                        .startsWith("TRC-071 the rule 'shop.legacy.Biling' (test ")
                        .endsWith("has met no method so far; the nearest class is shop.legacy.Billing"));
    }

    @Test
    void ruleOfAnotherPackage_namesTheNearest() {
        assertThat(select("tracing.weave.include = shop.legcy.**", Billing.class)
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning[1]).endsWith("; the nearest package is shop.legacy"));
        assertThat(select("tracing.weave.include = com.acme.Billing", Billing.class)
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning[1]).endsWith("; the nearest class is shop.legacy.Billing"));
    }

    @Test
    void ruleThatMeetsAClassAndNoneOfItsMethods_saysThat() {
        assertThat(select("tracing.weave.include = shop.legacy.Billing#quietly*", Billing.class)
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning[1])
                        .contains("; the class shop.legacy.Billing is there, but none of its methods is meant"));
    }

    @Test
    void ruleBehindAnotherForTheSame_isToldToComeFirst() {
        assertThat(select(
                                "tracing.weave.include = shop.legacy.**, shop.legacy.Billing#refuse {id = order.id}",
                                Billing.class)
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning[1])
                        .startsWith("the rule 'shop.legacy.Billing#refuse {id = order.id}'")
                        .endsWith("; an earlier rule means the same methods, and the first one counts"));
    }

    @Test
    void annotationOfThePlatform_isFoundByNameAndByWildcard() {
        for (String annotation : List.of("java.lang.Deprecated", "**.Deprecated")) {
            WeaveSettings settings =
                    WeaveSettings.ofText("tracing.weave.include = @" + annotation + " shop.**", annotation);
            assertThat(plans(settings, shop.legacy.Misses.class))
                    .filteredOn(MethodPlan::isWoven)
                    .hasSize(1);
        }
    }

    @Test
    void ruleThatHasMetSomething_isNotMentioned() {
        assertThat(select(
                                "tracing.weave.include = shop.legacy.Billing\ntracing.weave.exclude = **.Billing#refuse",
                                Billing.class)
                        .warnings())
                .isEmpty();
    }

    @Test
    void excludeThatMeetsNothing_isSaidToo() {
        assertThat(select(
                                "tracing.weave.include = shop.legacy.Billing\ntracing.weave.exclude = **.Billing#refund",
                                Billing.class)
                        .warnings())
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning[1]).contains("'**.Billing#refund'").contains("tracing.weave.exclude"));
    }

    @Test
    void everything_leavesOutWhatSpansAreMadeOf() {
        WeaveSettings settings = WeaveSettings.ofText("tracing.weave.include = **", "everything");
        assertThat(plans(settings, io.spanloom.Span.class)).isEmpty();
        assertThat(plans(settings, org.slf4j.LoggerFactory.class)).isEmpty();
        assertThat(plans(settings, io.opentelemetry.api.trace.SpanKind.class)).isEmpty();
        assertThat(plans(settings, Billing.Shape.class)).isEmpty();
        assertThat(plans(settings, Billing.class)).isNotEmpty();
    }
}
