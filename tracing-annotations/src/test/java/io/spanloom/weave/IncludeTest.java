package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanloom.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shop.legacy.Annotated;
import shop.legacy.Billing;
import shop.legacy.Finder;
import shop.legacy.Inherits;
import shop.legacy.Ledger;
import shop.legacy.Misses;

/** Methods of classes that carry no annotation of ours, by the rules in {@code tracing.properties} of these tests. */
class IncludeTest extends WovenTest {

    private final Billing billing = new Billing();
    private final Billing.Order order = new Billing.Order("o-1", 3);

    @Test
    void publicMethodOfAnIncludedClass_isTracedWithItsCaptures() {
        billing.charge(order);
        assertThat(only().name()).isEqualTo("Billing.charge");
        assertThat(only().annotations()).isEqualTo(Map.of("order_id", "o-1", "total", 300L));
        assertThat(only().metadata()).isEqualTo(Map.of("billing", Map.of("lines", "3")));
    }

    @Test
    void includedMethodThatThrows_throwsOnAndIsAFault() {
        assertThatThrownBy(() -> billing.refuse(order)).hasMessage("o-1");
        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
    }

    @Test
    void accessorsMethodsOfObjectPrivateOnesAndConstructors_areNoPartOfAnIncludedClass() {
        new Billing();
        assertThat(billing.getName()).isEqualTo("billing");
        assertThat(billing.toString()).isEqualTo("Billing billing");
        assertThat(names()).isEmpty();
        billing.charge(order);
        assertThat(names()).containsExactly("Billing.charge");
    }

    @Test
    void excludedOverload_isNotTraced() {
        billing.charge(order, "summer");
        assertThat(names()).isEmpty();
        assertThat(Weaver.explain(Billing.class).toString())
                .contains("charge(Order, String): not woven: excluded by '");
    }

    @Test
    void excludedMethodWithOurAnnotation_isNotTraced() {
        Annotated annotated = new Annotated();
        annotated.in();
        annotated.out();
        assertThat(names()).containsExactly("Annotated.in");
        assertThat(Weaver.explain(Annotated.class).toString())
                .contains("out(): not woven: excluded by 'shop.legacy.Annotated#out' (")
                .contains("tracing.properties");
    }

    @Test
    void visibilityWords_areThoseThatAreMeant() {
        Ledger ledger = new Ledger();
        RecordingProvider.ENDED.clear();
        ledger.post(2);
        ledger.postNothing();
        assertThat(names()).containsExactly("Ledger.hidden", "Ledger.postQuietly", "Ledger.post");
    }

    @Test
    void methodThatIsSpelledOut_isMeantHoweverTrivialAndHidden() {
        Ledger ledger = new Ledger();
        RecordingProvider.ENDED.clear();
        ledger.getBalance();
        assertThat(names()).containsExactly("Ledger.getBalance");
    }

    @Test
    void constructors_areMeantByTheWordNewAlone() {
        assertThat(new Ledger()).isNotNull();
        assertThat(names()).containsExactly("Ledger.new");
    }

    @Test
    void annotationAndParameterTypes_haveToHold() {
        Finder finder = new Finder();
        finder.findAll("x", new int[2]);
        finder.findAll("x");
        assertThat(names()).containsExactly("Finder.findAll");
        assertThat(Weaver.explain(Finder.class).methods()).hasSize(1);
    }

    @Test
    void annotationsOfOurs_sayMoreThanTheRule() {
        Inherits inherits = new Inherits();
        inherits.call();
        inherits.own();
        inherits.quiet();
        inherits.included();
        assertThat(names()).containsExactly("inherited", "own", "Inherits.included");
    }

    @Test
    @SuppressWarnings("deprecation")
    void captureOfAParameterThatIsNotThere_isSaidByExplain() {
        assertThat(Misses.of(4)).isEqualTo(4);
        assertThat(names()).containsExactly("Misses.of");
        assertThat(Weaver.explain(Misses.class).toString())
                .contains("included by 'shop.legacy.Misses#of { no = such.thing }'")
                .contains("it has no such to record as no (its parameters: number)");
    }

    @Test
    void report_countsWhatRulesHaveWoven() {
        billing.charge(order);
        assertThat(Weaver.report().included()).isPositive();
        assertThat(Weaver.report().toString()).contains(" by tracing.weave.include");
    }
}
