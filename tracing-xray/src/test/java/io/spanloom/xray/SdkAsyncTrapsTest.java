package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.contexts.SegmentContextExecutors;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Programs of the SDK's users with asynchronous work, on the SDK (2.21.0) by hand: each shows the defect that was reported
 * under its number, and tells when a later SDK has mended it. The same programs through Spanloom are the cases
 * {@code report132...} to {@code report355...} of the contract, which this backend and all others pass.
 */
class SdkAsyncTrapsTest extends AtTheDaemon {

    private static Entity currentOn(ForkJoinPool pool) {
        return CompletableFuture.supplyAsync(AWSXRay::getTraceEntity, pool).join();
    }

    @Test
    void report132_inAFuture_theSegmentIsLost() {
        ForkJoinPool pool = new ForkJoinPool(1);
        AWSXRay.beginSegment("root");
        CompletableFuture.runAsync(
                        () -> {
                            AWSXRay.beginSubsegment("load");
                            AWSXRay.endSubsegment();
                        },
                        pool)
                .join();
        AWSXRay.endSegment();

        assertThat(LocalDaemon.flat(daemon.await(1)))
                .extracting(each -> each.get("name").asText())
                .containsExactly("root");
        pool.shutdown();
    }

    @Test
    void report335_inAFutureThatTakesTheEntityAlong_itStaysOnThePoolsThread() {
        ForkJoinPool pool = new ForkJoinPool(1);
        Segment segment = AWSXRay.beginSegment("root");
        CompletableFuture.runAsync(() -> AWSXRay.setTraceEntity(segment), pool).join();
        AWSXRay.endSegment();

        assertThat(currentOn(pool)).as("of a request that is over").isSameAs(segment);
        CompletableFuture.runAsync(AWSXRay::clearTraceEntity, pool).join();
        pool.shutdown();
    }

    @Test
    void report227_subsegmentThatOnlyATaskEnds_takesTheWholeTraceAlong() {
        ForkJoinPool pool = new ForkJoinPool(1);
        Segment segment = AWSXRay.beginSegment("root");
        AWSXRay.beginSubsegment("task");
        CompletableFuture.runAsync(AWSXRay::endSubsegment, pool).join(); // finds no segment there
        AWSXRay.endSegment();

        assertThat(segment.isEmitted()).isFalse();
        assertThat(daemon.datagrams()).isEmpty();
        pool.shutdown();
    }

    @Test
    void report260_contextExecutor_carriesTheSegmentNotTheCurrentSubsegment() {
        Segment segment = AWSXRay.beginSegment("root");
        Subsegment outer = AWSXRay.beginSubsegment("outer");
        Entity seen = CompletableFuture.supplyAsync(
                        AWSXRay::getTraceEntity, SegmentContextExecutors.newSegmentContextExecutor())
                .join();
        AWSXRay.setTraceEntity(outer);
        AWSXRay.endSubsegment();
        AWSXRay.endSegment();

        assertThat(seen).isSameAs(segment).isNotSameAs(outer);
    }

    @Test
    void report347_contextExecutor_runsTheTaskOnTheCaller() {
        AWSXRay.beginSegment("root");
        Thread ran = CompletableFuture.supplyAsync(
                        Thread::currentThread, SegmentContextExecutors.newSegmentContextExecutor())
                .join();
        AWSXRay.endSegment();

        assertThat(ran).isSameAs(Thread.currentThread());
    }

    @Test
    void report355_parallelStream_callsOnThePoolFindNoSegment() {
        ForkJoinPool pool = new ForkJoinPool(3);
        AWSXRay.beginSegment("root");
        List<Boolean> found = Collections.synchronizedList(new ArrayList<>());
        pool.submit(() -> IntStream.range(0, 200)
                        .parallel()
                        .forEach(i ->
                                found.add(AWSXRay.getCurrentSegmentOptional().isPresent())))
                .join();
        AWSXRay.endSegment();

        assertThat(found).hasSize(200).doesNotContain(true);
        pool.shutdown();
    }
}
