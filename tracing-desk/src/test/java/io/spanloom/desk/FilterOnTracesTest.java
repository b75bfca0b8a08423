package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.desk.filter.Filter;
import io.spanloom.desk.filter.Groups;
import io.spanloom.desk.summary.TraceSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every keyword means of a trace: expressions against three traces made of documents. */
class FilterOnTracesTest {
    /** Entry answers 200 within a second; its call to the shop fails there, and in the shop's table. Work goes on after. */
    private static final List<String> HANDLED = List.of(
            "{'id':'000000000000000a','trace_id':'1-00000001-000000000000000000000001','name':'front','start_time':100,"
                    + "'end_time':101,'user':'ann','origin':'AWS::EC2::Instance','resource_arn':'arn:front',"
                    + "'aws':{'account_id':'123','ec2':{'instance_id':'i-1','availability_zone':'us-west-2c'}},"
                    + "'http':{'request':{'url':'http://front/api?x','method':'GET','user_agent':'curl/8',"
                    + "'client_ip':'10.0.0.1'},'response':{'status':200}},'annotations':{'plan':'free','age':30},"
                    + "'subsegments':[{'id':'000000000000000b','name':'shop','namespace':'remote','start_time':100.1,"
                    + "'end_time':100.9,'error':true,'http':{'request':{'url':'http://shop/buy','method':'POST'}}},"
                    + "{'id':'000000000000000c','name':'audit','start_time':100.9,'end_time':103}]}",
            "{'id':'000000000000000d','trace_id':'1-00000001-000000000000000000000001','name':'shop',"
                    + "'parent_id':'000000000000000b','start_time':100.2,'end_time':100.8,'error':true,"
                    + "'http':{'request':{'url':'http://shop/buy','method':'POST'},'response':{'status':429}},"
                    + "'throttle':true,'user':'bob','subsegments':[{'id':'000000000000000e','name':'DynamoDB',"
                    + "'namespace':'aws','start_time':100.3,'end_time':100.7,'error':true,'annotations':{'table':'t'},"
                    + "'cause':{'exceptions':[{'id':'1','type':'Throttled','message':'slow down'}]}}]}");

    /** Entry fails with 500; a step of its own failed. */
    private static final List<String> FAILED = List.of(
            "{'id':'000000000000000a','trace_id':'1-00000001-000000000000000000000002','name':'front','start_time':100,"
                    + "'end_time':106,'fault':true,'http':{'request':{'url':'http://front/boom','method':'GET'},"
                    + "'response':{'status':500}},'subsegments':[{'id':'000000000000000b','name':'load',"
                    + "'start_time':100,'end_time':105,'fault':true,'cause':{'exceptions':[{'id':'1',"
                    + "'type':'IOException','message':'gone'},{'id':'2','type':'Inner','message':'why'}]}}]}");

    /** Still going on, and not about a request. */
    private static final List<String> RUNNING =
            List.of("{'id':'000000000000000a','trace_id':'1-00000001-000000000000000000000003','name':'job',"
                    + "'start_time':100,'in_progress':true,'annotations':{'batch':true,'done':false}}");

    private static final Map<String, TraceSummary> TRACES = traces();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                // The trace went as its entry went.
                "ok                                                          | handled running",
                "!ok                                                         | failed",
                "fault                                                       | failed",
                "error                                                       | ''",
                "throttle                                                    | ''",
                "partial                                                     | running",
                "inferred                                                    | handled",
                "responsetime < 1.5                                          | handled",
                "responsetime = 6                                            | failed",
                "duration = 3                                                | handled",
                "duration > 0                                                | handled failed",
                "http.status = 200                                           | handled",
                "http.status != 200                                          | failed",
                "http.url CONTAINS \"boom\"                                  | failed",
                "http.method = \"GET\"                                       | handled failed",
                "http.useragent BEGINSWITH \"curl\"                          | handled",
                "http.clientip = \"10.0.0.1\"                                | handled",
                "http.url                                                    | handled failed",
                "!http.url                                                   | running",
                "http.url AND responseTime > 2                               | failed",
                // Any segment.
                "user = \"bob\"                                              | handled",
                "user CONTAINS \"\"                                          | handled",
                "name = \"shop\"                                             | handled",
                "type = \"AWS::DynamoDB\"                                    | handled",
                "message = \"why\"                                           | failed",
                "availabilityzone = \"us-west-2c\"                           | handled",
                "instance.id = \"i-1\"                                       | handled",
                "resource.arn ENDSWITH \"front\"                             | handled",
                "annotation.plan = \"free\"                                  | handled",
                "annotation[age] > 29                                        | handled",
                "annotation.batch                                            | running",
                "annotation.done                                             | ''",
                "annotation.done = false                                     | running",
                "!annotation.age                                             | failed running",
                // Services.
                "service(\"front\")                                          | handled failed",
                "!service(\"front\")                                         | running",
                "service() { fault }                                         | failed",
                "service() { error }                                         | handled",
                "service(\"front\") { error }                                | ''",
                "service(\"shop\") { throttle AND http.status = 429 }        | handled",
                "service(\"front\") { root = true AND fault = true }         | failed",
                "service(\"shop\") { root }                                  | ''",
                "service(\"shop\") { responsetime > 0.5 user = \"bob\" }     | handled",
                "service(\"shop\") { user = \"ann\" }                        | ''",
                "service(\"front\") { duration > 2.9 responsetime < 1.1 }    | handled",
                "service(\"DynamoDB\") { inferred }                          | handled",
                "service() { annotation.table = \"t\" }                      | handled",
                "service(\"front\") { annotation.table }                     | ''",
                "service(\"job\") { partial }                                | running",
                "service(id(type: \"AWS::DynamoDB\"))                        | handled",
                "service(id(name: \"front\", type: \"AWS::EC2::Instance\"))  | handled",
                "service(id(account.id: \"123\"))                            | handled",
                "service(id(name: \"front\", type: \"client\"))              | ''",
                // Calls.
                "edge(\"front\", \"shop\")                                   | handled",
                "edge(\"shop\", \"front\")                                   | ''",
                "edge(\"front\", \"shop\") { error http.status = 429 }       | handled",
                "edge(\"front\", \"shop\") { responsetime > 0.75 }           | handled",
                "edge(\"front\", \"shop\") { fault = true }                  | ''",
                "edge(\"shop\", id(type: \"AWS::DynamoDB\")) { message CONTAINS \"slow\" } | handled",
                // Root causes.
                "rootcause.fault.service { name = \"front\" }                | failed",
                "rootcause.fault.entity { last and name = \"load\" }         | failed",
                "rootcause.fault.entity { first and name = \"load\" }        | ''",
                "rootcause.fault.entity { index > 0 }                        | failed",
                "rootcause.fault.exception { last and message = \"why\" }    | failed",
                "rootcause.fault.exception { first name = \"IOException\" }  | failed",
                "rootcause.error.service { inferred and type = \"AWS::DynamoDB\" } | handled",
                "rootcause.error.service { index = 1 name = \"shop\" }       | handled",
                "rootcause.error.entity { remote and name = \"DynamoDB\" }   | handled",
                "rootcause.error.exception { message BEGINSWITH \"slow\" }   | handled",
                "rootcause.responsetime.entity { coverage > 0.8 name = \"load\" } | failed",
                "rootcause.responsetime.entity { last remote }               | handled",
                "rootcause.responsetime.service { last and name = \"front\" }| failed",
                "rootcause.responsetime.exception { first }                  | ''",
                "json                                                        | handled failed",
                "rootcause.json = #[{\"Services\":[{\"Name\":\"front\",\"EntityPath\":[{\"Name\":\"front\"},"
                        + "{\"Name\":\"load\"}]}]}]                          | failed",
                "rootcause.json != #[{\"ClientImpacting\":true}]             | running",
            })
    void expression_findsWhatItMeans(String expression, String expected) throws Exception {
        assertThat(matching(expression)).isEqualTo(expected.equals("''") ? "" : expected);
    }

    @Test
    void exampleOfCruddur_findsTheBackend() throws Exception {
        Received home = SegmentReader.read(
                Fixtures.resource("segments/python-flask-home.json"),
                0,
                Fixtures.resource("segments/python-flask-home.json").length);
        TraceSummary trace = TraceSummary.of(home.traceId(), home.spans());

        assertThat(Filter.parse("service(\"backend-flask\")").bind(Groups.NONE).test(trace))
                .isEqualTo(home.head().name().equals("backend-flask"));
        assertThat(Filter.parse("http.url ENDSWITH \"/api/activities/home\" AND annotation.handle = \"ann\"")
                        .bind(Groups.NONE)
                        .test(trace))
                .isTrue();
    }

    private static String matching(String expression) throws Exception {
        var test = Filter.parse(expression).bind(Groups.NONE);
        return String.join(
                " ",
                TRACES.keySet().stream()
                        .filter(name -> test.test(TRACES.get(name)))
                        .toList());
    }

    private static Map<String, TraceSummary> traces() {
        Map<String, TraceSummary> traces = new LinkedHashMap<>();
        traces.put("handled", trace(HANDLED));
        traces.put("failed", trace(FAILED));
        traces.put("running", trace(RUNNING));
        return traces;
    }

    private static TraceSummary trace(List<String> documents) {
        List<TraceSpan> spans = new ArrayList<>();
        try {
            for (String document : documents) {
                spans.addAll(Fixtures.segment(document).spans());
            }
        } catch (RejectedException e) {
            throw new AssertionError(e);
        }
        return TraceSummary.of("00000001000000000000000000000001", spans);
    }
}
