package io.spanloom.desk;

import java.io.PrintStream;
import java.net.InetSocketAddress;

/** How a desk at a terminal speaks: for people or in JSON lines. Not safe for use by several threads. */
interface DeskOutput {

    /** The desk listens. */
    void ready(InetSocketAddress xray, InetSocketAddress otlp, InetSocketAddress http);

    void show(StoredTrace.Showing showing);

    /** What was shown last did not get through: a pipe without a reader. */
    boolean broken();

    /** Traces as trees on {@code out}. */
    static DeskOutput forPeople(PrintStream out, TreePrinter printer) {
        return new DeskOutput() {
            @Override
            public void ready(InetSocketAddress xray, InetSocketAddress otlp, InetSocketAddress http) {
                out.println("Trace desk is ready. X-Ray daemon protocol on udp " + Addresses.text(xray)
                        + ", OTLP on http://" + Addresses.text(otlp) + "/v1/traces, page and X-Ray API on http://"
                        + Addresses.text(http) + ". Ctrl-C ends it.");
                out.println();
            }

            @Override
            public void show(StoredTrace.Showing showing) {
                if (showing.again()) {
                    out.println(lateLine(showing));
                }
                printer.print(showing.trace()).forEach(out::println);
                out.println();
                out.flush();
            }

            @Override
            public boolean broken() {
                return out.checkError();
            }
        };
    }

    /** One line of JSON for each trace on {@code out}, for programs; remarks on {@code err}, for people. */
    static DeskOutput inJson(PrintStream out, PrintStream err) {
        return new DeskOutput() {
            @Override
            public void ready(InetSocketAddress xray, InetSocketAddress otlp, InetSocketAddress http) {
                // Addresses hold nothing that JSON would have to escape.
                out.println("{\"xray\":\"" + Addresses.text(xray) + "\",\"otlp\":\"" + Addresses.text(otlp)
                        + "\",\"http\":\"" + Addresses.text(http) + "\"}");
                out.flush();
            }

            @Override
            public void show(StoredTrace.Showing showing) {
                if (showing.again()) {
                    err.println(lateLine(showing));
                } else if (!showing.complete()) {
                    err.println("incomplete: no finished root for trace " + showing.traceId());
                }
                out.println(JsonLine.of(showing.trace()));
                out.flush();
            }

            @Override
            public boolean broken() {
                return out.checkError();
            }
        };
    }

    private static String lateLine(StoredTrace.Showing showing) {
        return "late: " + Text.counted(showing.lateDocuments(), "document") + " for trace " + showing.traceId();
    }
}
