package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanloom.spi.Glob;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileTest {

    @Test
    void ruleOfTheService_isReadAsTheCommandLineTakesIt() {
        List<SamplingRule> rules = RuleFile.read("classpath:xray.json");

        assertThat(rules).extracting(SamplingRule::name).containsExactly("Cruddur", "Default");
        assertThat(rules.get(0).priority()).isEqualTo(9000);
        assertThat(rules.get(0).fixedRate()).isEqualTo(0.1);
        assertThat(rules.get(0).reservoirSize()).isEqualTo(5);
        assertThat(rules.get(0).serviceName().toString()).isEqualTo("backend-flask");
    }

    @Test
    void rulesOfTheService_areAskedByPriorityThenByName() {
        String records = "{'SamplingRuleRecords':[{'SamplingRule':" + Rules.rule("b", 7, 0, 0) + ",'CreatedAt':0.0},"
                + "{'SamplingRule':" + Rules.rule("a", 7, 0, 0) + "},{'SamplingRule':" + Rules.rule("z", 1, 0, 0)
                + "}],'NextToken':null}";

        assertThat(Rules.read(records)).extracting(SamplingRule::name).containsExactly("z", "a", "b", "Default");
    }

    @Test
    void ownDefaultRule_takesThePlaceOfTheBuiltInOne() {
        List<SamplingRule> rules = Rules.read("[" + Rules.rule("Default", 10_000, 0.25, 3) + "]");

        assertThat(rules).hasSize(1);
        assertThat(rules.get(0).fixedRate()).isEqualTo(0.25);
    }

    @Test
    void localRules_keepTheirOrderAndTheDefaultStandsLast() {
        List<SamplingRule> rules = Rules.read("""
                {'version': 2,
                 'rules': [
                   {'description': 'moves', 'host': '*', 'http_method': '*', 'url_path': '/api/move/*', 'fixed_target': 0, 'rate': 0.05},
                   {'host': 'a.example', 'http_method': 'GET', 'url_path': '*', 'fixed_target': 2, 'rate': 0}],
                 'default': {'fixed_target': 1, 'rate': 0.1}}
                """);

        assertThat(rules).extracting(SamplingRule::name).containsExactly("moves", "rules[1]", "default");
        assertThat(rules.get(1).host().toString()).isEqualTo("a.example");
    }

    @Test
    void firstVersion_namesTheHostServiceName() {
        List<SamplingRule> rules = Rules.read("""
                {'version': 1,
                 'rules': [{'service_name': 'a.example', 'http_method': '*', 'url_path': '*', 'fixed_target': 1, 'rate': 0}],
                 'default': {'fixed_target': 1, 'rate': 0.1}}
                """);

        assertThat(rules.get(0).host().toString()).isEqualTo("a.example");
        assertThat(rules.get(0).serviceName()).isSameAs(Glob.ANY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'SamplingRule':{'RuleName':'a','Priority':0,'FixedRate':0,'ReservoirSize':0}}"
                        + "|SamplingRule.Priority: it is 0.0; allowed: 1 to 9999 (line 1, column 44)",
                "[{'RuleName':'a','Priority':1,'FixedRate':1.5,'ReservoirSize':0}]"
                        + "|[0].FixedRate: it is 1.5; allowed: 0 to 1",
                "{'RuleName':'a','Priority':1,'FixedRate':'1','ReservoirSize':0}|FixedRate: a number is expected",
                "{'RuleName':'a','Priority':1.5,'FixedRate':1,'ReservoirSize':0}|Priority: it is 1.5; a whole number",
                "{'RuleName':'a','Priority':1,'FixedRate':1}|the document: 'ReservoirSize' is missing",
                "{'RuleName':'','Priority':1,'FixedRate':1,'ReservoirSize':0}|RuleName: it has 0 characters; allowed: 1 to 32",
                "{'RuleName':'a','Priority':1,'FixdRate':1,'ReservoirSize':0}|FixdRate: a rule has no such member; allowed: A",
                "{'RuleName':'a','Priority':1,'FixedRate':1,'ReservoirSize':0,'Version':2}|Version: version 1 is known here",
                "{'version':3}|version: it is 3.0; allowed: 1 to 2",
                "{'version':2}|the document: 'default' is missing",
                "{'version':2,'default':{'rate':1}}|default: 'fixed_target' is missing",
                "{'version':2,'default':{'rate':-1,'fixed_target':1}}|default.rate: it is -1.0; allowed: 0 to",
                "{'version':2,'default':{'rate':1,'fixed_target':1,'host':'*'}}|default.host: the default matches everything",
                "{'version':2,'rules':[{'service_name':'*'}],'default':{}}|rules[0].service_name: there is no such member here",
                "{}|it is neither a rule of the service ('SamplingRule') nor local rules ('version')",
                "[]|it has no rule",
                "1|an object is expected",
                "{'version':|it is no JSON",
                "{'a':1,'a':2}|it is no JSON: Duplicate",
                "{} {}|something follows the document",
            })
    void mistake_isNamedWithItsPlaceAndWhatIsAllowed(String json, String expected) {
        assertThatThrownBy(() -> Rules.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void twoRulesOfOneName_areRefused() {
        assertThatThrownBy(() -> Rules.read("[" + Rules.rule("a", 1, 0, 0) + "," + Rules.rule("a", 2, 0, 0) + "]"))
                .hasMessageContaining("[1].RuleName: there are two rules of the name a");
    }

    @Test
    void depthSizeAndNumber_areBounded() {
        assertThatThrownBy(() -> Rules.read("[".repeat(100_000))).hasMessageContaining("it is no JSON");
        assertThatThrownBy(() -> Rules.read("{'version':'" + "x".repeat(20_000) + "'}"))
                .hasMessageContaining("it is no JSON");
        assertThatThrownBy(() -> Rules.read(" ".repeat(JsonValue.MAX_BYTES + 1)))
                .hasMessageContaining("larger than");
        assertThatThrownBy(() -> Rules.read("[" + "1,".repeat(60_000) + "1]")).hasMessageContaining("more than 50000");
        assertThatThrownBy(() -> Rules.read("[" + (Rules.rule("a", 1, 0, 0) + ",").repeat(1_100) + "1]"))
                .hasMessageContaining("more than 1000 rules");
    }

    @Test
    void fileThatIsNotThere_isNamed() {
        assertThatThrownBy(() -> RuleFile.read("/nowhere/xray.json")).hasMessage("there is no file /nowhere/xray.json");
        assertThatThrownBy(() -> RuleFile.read("classpath:nowhere.json"))
                .hasMessage("there is no nowhere.json on the class path");
    }
}
