package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.XRAY_TRACE;
import static io.spanloom.desk.Fixtures.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreePrinterTest {
    private static final String DOCUMENT = """
            {'id':'00000000000000a1','trace_id':'%s','name':'backend-flask',
             'start_time':1795246389.0,'end_time':1795246389.2,'fault':true,
             'http':{'request':{'method':'GET','url':'http://localhost/api/home','client_ip':'127.0.0.1'},
                     'response':{'status':500}},
             'metadata':{'spanloom':{'operation':'GET /api/home'}},'annotations':{'handle':'andrew','rows':3},
             'subsegments':[
               {'id':'00000000000000a2','name':'load','start_time':1795246389.0,'end_time':1795246389.1,
                'metadata':{'activities':{'results':{'size':1}}},
                'subsegments':[
                  {'id':'00000000000000a3','name':'db','namespace':'remote','start_time':1795246389.05,
                   'end_time':1795246389.0502,'sql':{'sanitized_query':'SELECT 1'}}]},
               {'id':'00000000000000a4','name':'rate','namespace':'remote','start_time':1795246389.1,
                'end_time':1795246389.15,'error':true,'throttle':true,'http':{'response':{'status':429}}},
               {'id':'00000000000000a5','name':'notify every follower of the author about it',
                'start_time':1795246389.15,'end_time':1795246389.2,'fault':true,
                'cause':{'exceptions':[{'type':'a.Outer','message':'no mail'},{'type':'b.Inner'}]}},
               {'id':'00000000000000a6','name':'audit','start_time':1795246389.19,'in_progress':true}]}
            """.formatted(XRAY_TRACE);

    @Test
    void trace_isDrawnAsTree() throws Exception {
        String expected = new String(Fixtures.resource("tree.txt"), StandardCharsets.UTF_8);

        assertThat(String.join("\n", plain(96).print(trace())) + "\n").isEqualTo(expected);
    }

    @Test
    void asciiTerminal_getsAsciiOnly() throws Exception {
        List<String> lines =
                new TreePrinter(Glyphs.of(StandardCharsets.US_ASCII), false, ZoneOffset.UTC, 80).print(trace());

        assertThat(lines).allSatisfy(line -> assertThat(line).matches("\\p{ASCII}*"));
    }

    @Test
    void anyWidth_isKept() throws Exception {
        assertThat(plain(60).print(trace()))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
    }

    @Test
    void eightyColumns_cutNeitherOperationNorOutcome() throws Exception {
        assertThat(plain(80).print(trace()))
                .anySatisfy(line -> assertThat(line).contains("notify every follower of the author about it  fault"))
                .first()
                .asString()
                .contains("200 ms · 2 faults · 1 throttle");
    }

    @Test
    void colour_changesNothingButColour() throws Exception {
        List<String> coloured = new TreePrinter(Glyphs.UNICODE, true, ZoneOffset.UTC, 96).print(trace());

        assertThat(coloured).anyMatch(line -> line.contains("\u001b[31mfault\u001b[0m"));
        assertThat(coloured.stream()
                        .map(line -> line.replaceAll("\u001b\\[[0-9]*m", "").stripTrailing()))
                .isEqualTo(plain(96).print(trace()));
    }

    @Test
    void escapeSequencesInText_areNotPassedToTheTerminal() throws Exception {
        Received document = Fixtures.oneSegment(
                "000000000000000a", ",'annotations':{'k':'\\u001b[2J\\u202e'},'metadata':{'n':{'\\u001b':'\\u0007'}}");
        Trace trace = new Trace(document.traceId(), document.spans(), true);

        assertThat(plain(100).print(trace)).noneMatch(line -> line.chars().anyMatch(c -> c < ' ' || c == 0x202e));
    }

    static TreePrinter plain(int width) {
        return new TreePrinter(Glyphs.UNICODE, false, ZoneOffset.UTC, width);
    }

    private static Trace trace() throws RejectedException {
        Received document = segment(DOCUMENT);
        return new Trace(document.traceId(), SpanTree.of(document.spans()).spansWithService(), true);
    }
}
