package io.spanloom.stress;

import io.spanloom.Span;
import io.spanloom.Tracing;
import java.util.concurrent.Flow;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A publisher completes while its subscriber cancels. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "ended once")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, or ended twice")
@State
public class PublisherRace implements Flow.Subscription {

    private Span span = Span.noop();
    private Flow.Subscriber<? super String> source = new Ignoring();
    private Flow.Subscription subscription = this;

    public PublisherRace() {
        Spans.setUp();
        Flow.Publisher<String> publisher = Tracing.call("race", own -> {
            span = Spans.counted(own);
            return subscriber -> {
                source = subscriber;
                subscriber.onSubscribe(this);
            };
        });
        publisher.subscribe(new Ignoring());
    }

    @Actor
    public void complete() {
        source.onComplete();
    }

    @Actor
    public void cancelled() {
        subscription.cancel();
    }

    @Arbiter
    public void count(I_Result result) {
        result.r1 = Spans.ends(span);
    }

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}

    private final class Ignoring implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(String item) {}

        @Override
        public void onError(Throwable thrown) {}

        @Override
        public void onComplete() {}
    }
}
