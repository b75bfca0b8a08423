package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.listeners.SegmentListener;
import io.spanloom.Span;
import io.spanloom.Tracing;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The recorder's listeners hear of our spans. */
class ListenersTest extends InMemory {

    private final List<String> heard = new ArrayList<>();

    private final class Hearing implements SegmentListener {
        @Override
        public void onBeginSegment(Segment segment) {
            heard.add("begin segment " + segment.getName());
        }

        @Override
        public void onBeginSubsegment(Subsegment subsegment) {
            heard.add("begin " + subsegment.getName());
        }

        @Override
        public void beforeEndSegment(Segment segment) {
            heard.add("before end of segment");
            segment.putAnnotation("by_listener", "segment");
        }

        @Override
        public void afterEndSegment(Segment segment) {
            heard.add("after end of segment " + segment.isInProgress() + " " + segment.isFault());
        }

        @Override
        public void beforeEndSubsegment(Subsegment subsegment) {
            heard.add("before end of " + subsegment.getName());
            subsegment.putMetadata("by listener", subsegment.isInProgress());
        }

        @Override
        public void afterEndSubsegment(Subsegment subsegment) {
            heard.add("after end of " + subsegment.getName() + " " + (subsegment.getEndTime() > 0));
        }
    }

    private static SegmentListener throwing(Throwable what) {
        return (SegmentListener) Proxy.newProxyInstance(
                SegmentListener.class.getClassLoader(),
                new Class<?>[] {SegmentListener.class},
                (proxy, method, args) -> {
                    throw what;
                });
    }

    @Test
    void beginAndEnd_areHeardInOrderAndMayBeWrittenTo() {
        AWSXRay.getGlobalRecorder().addSegmentListener(new Hearing());
        Tracing.run("root", root -> Tracing.run("child", child -> root.fail(new IllegalStateException("x"))));

        assertThat(heard)
                .containsExactly(
                        "begin segment root",
                        "begin child",
                        "before end of child",
                        "after end of child true",
                        "before end of segment",
                        "after end of segment false true");
        allOnce();
        assertThat(named("root").at("/annotations/by_listener").asText()).isEqualTo("segment");
        assertThat(named("child").at("/metadata/default/by listener").asBoolean())
                .isTrue();
    }

    @Test
    void listenersThatThrow_harmNeitherSpansNorOtherListenersNorTheThread() {
        AWSXRay.getGlobalRecorder().addSegmentListener(throwing(new IllegalStateException("listener")));
        AWSXRay.getGlobalRecorder().addSegmentListener(throwing(new AssertionError("listener")));
        AWSXRay.getGlobalRecorder().addSegmentListener(throwing(new StackOverflowError()));
        AWSXRay.getGlobalRecorder().addSegmentListener(new Hearing());
        try (Span root = Tracing.span("root")) {
            Tracing.span("child").close();
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
        }

        assertThat(AWSXRay.getTraceEntity()).isNull();
        assertThat(heard).hasSize(6);
        assertThat(allOnce()).hasSize(2);
    }

    @Test
    void bySdk_aListenerThatThrows_throwsIntoTheApplication() {
        AWSXRay.beginSegment("root");
        AWSXRay.getGlobalRecorder().addSegmentListener(throwing(new IllegalStateException("listener")));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> AWSXRay.beginSubsegment("child")))
                .hasMessage("listener");
        AWSXRay.getGlobalRecorder().getSegmentListeners().clear();
        AWSXRay.clearTraceEntity();
    }

    @Test
    void switches_areHeardAsTheSdkTellsThem() {
        List<String> switches = new ArrayList<>();
        AWSXRay.getGlobalRecorder().addSegmentListener(new SegmentListener() {
            @Override
            public void onSetEntity(Entity previous, Entity entity) {
                switches.add((previous == null ? "nothing" : previous.getName()) + " > " + entity.getName());
            }

            @Override
            public void onClearEntity(Entity previous) {
                switches.add(previous.getName() + " > nothing");
            }
        });
        Tracing.run("root", root -> Tracing.run("child", child -> {}));

        assertThat(switches).containsExactly("nothing > root", "root > child", "child > root", "root > nothing");
    }
}
