package io.spanloom.sampling;

import io.spanloom.SpanSpec;
import io.spanloom.spi.DoctorCheck;
import io.spanloom.spi.Findings;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.Sampler;
import io.spanloom.spi.SamplingDecision;
import io.spanloom.spi.SamplingRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Decides by the service's rules; by the fallback while there are none, and where none of them matches. */
final class RemoteSampler implements Sampler, DoctorCheck {

    private static final long FIRST_NANOS = 2_000_000_000L;

    private final RemoteRules remote;
    private final RulesSampler fallback;
    private final Question.Service service;
    private final SamplingClock clock;
    private final DoubleSupplier random;
    private final String description;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private boolean closed;
    private @Nullable Thread thread;
    private volatile @Nullable UnmatchedRules unmatched;
    private volatile @Nullable RuleSet watched;

    RemoteSampler(
            RemoteRules remote,
            RulesSampler fallback,
            Question.Service service,
            SamplingClock clock,
            DoubleSupplier random,
            String description) {
        this.remote = remote;
        this.fallback = fallback;
        this.service = service;
        this.clock = clock;
        this.random = random;
        this.description = description;
    }

    /** Begins to ask the daemon, on a daemon thread of its own. */
    RemoteSampler start() {
        Thread polling = new Thread(this::run, "spanloom-sampling");
        polling.setDaemon(true);
        polling.setContextClassLoader(null); // it outlives web applications
        thread = polling;
        polling.start();
        return this;
    }

    private void run() {
        try {
            long wait = 0;
            while (!isClosedWithin(wait)) {
                wait = Math.max(1_000_000, remote.poll());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError broken) {
            Reporter.error("TRC-224", "sampling: asking the daemon has ended; the fallback decides", broken);
        }
    }

    private boolean isClosedWithin(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean sample(SpanSpec root) {
        return decide(root, null).sampled();
    }

    @Override
    public SamplingDecision decide(SpanSpec root, @Nullable SamplingRequest request) {
        RuleSet rules = remote.fresh();
        if (rules == null) {
            return fallback.decide(root, request);
        }
        Question question = Question.of(service, request);
        ActiveRule rule = rules.match(question);
        watch(rules).saw(question);
        return rule == null ? fallback.decide(root, request) : rule.decide(clock, random.getAsDouble());
    }

    /** New for new rules; racing threads may make two, which costs a line of information. */
    private UnmatchedRules watch(RuleSet rules) {
        UnmatchedRules known = unmatched;
        if (known == null || watched != rules) {
            known = new UnmatchedRules(rules, service, false);
            unmatched = known;
            watched = rules;
        }
        return known;
    }

    @Override
    public void check(Findings findings) {
        RuleSet rules = awaited();
        if (rules == null) {
            findings.problem(
                    "sampling",
                    "TRC-221",
                    "no rules of the X-Ray service so far: the fallback decides",
                    "let a daemon (or tracing-desk) listen by TCP, with credentials that may read sampling rules");
            fallback.check(findings);
        } else {
            watch(rules).check(findings);
        }
    }

    /** The first rules come within the two seconds that the daemon is given, where they come. */
    private @Nullable RuleSet awaited() {
        long end = System.nanoTime() + FIRST_NANOS;
        RuleSet rules = remote.fresh();
        while (rules == null
                && System.nanoTime() - end < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(10_000_000);
            rules = remote.fresh();
        }
        return rules;
    }

    @Override
    public boolean readsRequests() {
        return true;
    }

    /** Asks no more, and does not wait for an answer that is under way. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** For tests: waits until the thread has ended. */
    boolean awaitEnd(long seconds) throws InterruptedException {
        Thread polling = thread;
        if (polling != null) {
            polling.join(TimeUnit.SECONDS.toMillis(seconds));
        }
        return polling == null || !polling.isAlive();
    }

    @Override
    public String toString() {
        return description;
    }
}
