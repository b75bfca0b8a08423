package io.spanloom.e2e.parity;

import io.spanloom.Aws;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.SpanSpec.Placement;
import io.spanloom.Sql;
import io.spanloom.Tracing;
import java.util.Map;

/**
 * One call of a program on the facade. Spans and captured contexts are named by number; a step on a number that stands for
 * nothing does nothing, so that any part of a program is a program.
 */
sealed interface Step {

    void on(ProgramRun run);

    /** How a span is begun. */
    enum Way {
        SPAN,
        SUBSEGMENT,
        SEGMENT,
        NEW_ROOT,
        LINKED_ROOT
    }

    record Start(int slot, Way way, String name, SpanKind kind, String namespace, int frames) implements Step {
        @Override
        public void on(ProgramRun run) {
            run.started(slot, Tracing.span(spec()));
        }

        SpanSpec spec() {
            SpanSpec spec = SpanSpec.named(name).kind(kind).namespace(namespace).stackTrace(frames);
            return switch (way) {
                case SPAN -> spec;
                case SUBSEGMENT -> spec.placement(Placement.SUBSEGMENT);
                case SEGMENT -> spec.placement(Placement.SEGMENT);
                case NEW_ROOT -> spec.newRoot(false);
                case LINKED_ROOT -> spec.newRoot(true);
            };
        }
    }

    /**
     * A request that came with X-Ray's header and a host, which may be one that {@code tracing.naming} knows; the run
     * completes the trace's id, so that no two runs share a trace.
     */
    record Receive(int slot, String name, SpanKind kind, String traceStart, String rest, String host) implements Step {
        @Override
        public void on(ProgramRun run) {
            String header = "Root=" + run.traceFrom(traceStart) + rest;
            SpanSpec spec = SpanSpec.named(name).kind(kind).placement(Placement.SEGMENT);
            run.started(slot, Tracing.segment(spec, Map.of("X-Amzn-Trace-Id", header, "Host", host), Map::get));
        }
    }

    /** So many children, one after the other. */
    record Many(int slot, int count, int metadataChars) implements Step {
        @Override
        public void on(ProgramRun run) {
            String text = "m".repeat(metadataChars);
            for (int i = 0; i < count; i++) {
                Span child = Tracing.subsegment("child " + i);
                run.started(slot + i, child);
                child.metadata("bulk", "text", text);
                run.close(slot + i, null);
            }
        }
    }

    record Close(int slot, Thrown thrown) implements Step {
        @Override
        public void on(ProgramRun run) {
            run.close(slot, run.throwable(thrown));
        }
    }

    record Detach(int slot) implements Step {
        @Override
        public void on(ProgramRun run) {
            run.span(slot).detach();
        }
    }

    /** The value's type decides which of the facade's methods is called. */
    record Annotate(int slot, String key, Object value) implements Step {
        @Override
        public void on(ProgramRun run) {
            Span span = run.span(slot);
            if (value instanceof Number number) {
                span.annotation(key, number);
            } else if (value instanceof Boolean truth) {
                span.annotation(key, truth);
            } else {
                span.annotation(key, (String) value);
            }
        }
    }

    record Metadata(int slot, String namespace, String key, Object value) implements Step {
        @Override
        public void on(ProgramRun run) {
            run.span(slot).metadata(namespace, key, value);
        }
    }

    record Event(int slot, String name, Map<String, ?> attributes, int times) implements Step {
        @Override
        public void on(ProgramRun run) {
            for (int i = 0; i < times; i++) {
                run.span(slot).event(name, attributes);
            }
        }
    }

    record Link(int slot, String traceId, String spanId, int times) implements Step {
        @Override
        public void on(ProgramRun run) {
            for (int i = 0; i < times; i++) {
                run.span(slot).link(traceId, spanId);
            }
        }
    }

    record Request(int slot, Http.Request request) implements Step {
        @Override
        public void on(ProgramRun run) {
            run.span(slot).http(request);
        }
    }

    record Response(int slot, Http.Response response) implements Step {
        @Override
        public void on(ProgramRun run) {
            run.span(slot).http(response);
        }
    }

    record Statement(int slot, Sql sql) implements Step {
        @Override
        public void on(ProgramRun run) {
            run.span(slot).sql(sql);
        }
    }

    record AwsCall(int slot, Aws aws) implements Step {
        @Override
        public void on(ProgramRun run) {
            run.span(slot).aws(aws);
        }
    }

    record User(int slot, String user) implements Step {
        @Override
        public void on(ProgramRun run) {
            run.span(slot).user(user);
        }
    }

    record Fail(int slot, Thrown thrown, int times) implements Step {
        @Override
        public void on(ProgramRun run) {
            for (int i = 0; i < times; i++) {
                run.span(slot).fail(i == 0 ? run.throwable(thrown) : thrown.make());
            }
        }
    }

    record Expected(int slot, Thrown thrown) implements Step {
        @Override
        public void on(ProgramRun run) {
            run.span(slot).expected(run.throwable(thrown));
        }
    }

    /** Another step, on a thread of its own on which nothing is current. */
    record Elsewhere(Step step) implements Step {
        @Override
        public void on(ProgramRun run) {
            run.elsewhere(() -> step.on(run));
        }
    }

    /** Remembers what is current. */
    record Capture(int slot) implements Step {
        @Override
        public void on(ProgramRun run) {
            run.capture(slot);
        }
    }

    /** What follows, up to the next {@link Leave}, runs on another thread with what was captured. */
    record Enter(int slot) implements Step {
        @Override
        public void on(ProgramRun run) {
            run.enter(slot);
        }
    }

    record Leave() implements Step {
        @Override
        public void on(ProgramRun run) {
            run.leave();
        }
    }
}
