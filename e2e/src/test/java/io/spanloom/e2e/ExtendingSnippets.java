package io.spanloom.e2e;

import io.spanloom.Diagnosis;
import io.spanloom.Outcome;
import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.SpanListeners;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.http.OutgoingCalls;
import io.spanloom.spi.Backend;
import io.spanloom.spi.DoctorCheck;
import io.spanloom.spi.Findings;
import io.spanloom.spi.Sampler;
import io.spanloom.spi.SpanListener;
import io.spanloom.spi.SpanView;
import io.spanloom.test.contract.BackendContract;
import io.spanloom.test.contract.ObservedSpan;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.slf4j.Logger;

/** The code of docs/extending.md, compiled. {@link SnippetsTest} holds them together. */
@SuppressWarnings({"unused", "NullAway"})
final class ExtendingSnippets {

    interface Collector {
        List<ObservedSpan> await(int count);
    }

    interface Client {
        int get(URI uri, Map<String, String> headers);
    }

    abstract static class AcmeBackend implements Backend {}

    /** Abstract, so that it does not run. */
    abstract static class Contract extends BackendContract {

        private Collector receiver;

        abstract Backend acme(Sampler sampler, Collector where);

        @Override
        protected Backend create(TracingConfig config) {
            return acme(config.sampler(), receiver);
        }

        @Override
        protected List<ObservedSpan> awaitSpans(int count) {
            return receiver.await(count);
        }
    }

    static int call(Client client, URI uri, Map<String, String> headers) {
        Span span = OutgoingCalls.start("GET", uri.getHost(), uri.toString());
        Throwable thrown = null;
        try {
            OutgoingCalls.inject(span, headers, Map::put);
            int status = client.get(uri, headers);
            OutgoingCalls.answered(span, status, 0);
            return status;
        } catch (Throwable failure) {
            thrown = failure;
            throw failure;
        } finally {
            span.close(thrown);
        }
    }

    static void listen(Queue<String> queue) {
        SpanListener pager = new SpanListener() {
            @Override
            public void onError(SpanView span, Throwable thrown) {
                if (span.outcome() == Outcome.FAULT) {
                    queue.offer(span.name() + " failed, trace " + span.xrayTraceId() + ": " + thrown);
                }
            }
        };
        Scope listening = SpanListeners.add(pager); // until it is closed
    }

    /** Says how much waits, and whether that is too much. */
    static final class AcmeCheck implements DoctorCheck {
        @Override
        public void check(Findings findings) {
            int waiting = AcmeQueue.size();
            if (waiting < 1000) {
                findings.ok("acme", waiting + " spans wait to be sent");
            } else {
                findings.problem("acme", "TRC-046", waiting + " spans wait", "look at the network to acme");
            }
        }
    }

    interface AcmeQueue {
        static int size() {
            return 0;
        }
    }

    static void ask(Logger log) {
        Diagnosis diagnosis = Tracing.doctor();
        if (!diagnosis.isHealthy()) {
            log.warn("{}", diagnosis);
        }
    }

    private ExtendingSnippets() {}
}
