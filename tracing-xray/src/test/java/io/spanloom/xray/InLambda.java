package io.spanloom.xray;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.contexts.LambdaSegmentContext;
import com.amazonaws.xray.contexts.SegmentContextResolverChain;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The SDK's context of AWS Lambda, with an invocation going on. */
abstract class InLambda extends AtTheDaemon {

    static final String TRACE = "1-5759e988-bd862e3fe1be46a994272793";
    static final String FUNCTION = "53995c3f42cd8ad8";

    @BeforeEach
    final void invoked() {
        invoked("Root=" + TRACE + ";Parent=" + FUNCTION + ";Sampled=1");
    }

    /** As Lambda's runtime does before each invocation. */
    static void invoked(String header) {
        System.setProperty("com.amazonaws.xray.traceHeader", header);
    }

    @AfterEach
    final void over() {
        System.clearProperty("com.amazonaws.xray.traceHeader");
    }

    @Override
    AWSXRayRecorder recorder() throws IOException {
        AWSXRayRecorder recorder = super.recorder();
        SegmentContextResolverChain chain = new SegmentContextResolverChain();
        chain.addResolver(LambdaSegmentContext::new);
        recorder.setSegmentContextResolverChain(chain);
        return recorder;
    }

    /** So many datagrams, without a flush: all is sent by the time that the top span has ended. */
    final ObjectNode only() {
        daemon.awaitArrival(1);
        if (daemon.documents().size() != 1) {
            throw new AssertionError("not one document: " + daemon.datagrams());
        }
        return daemon.documents().get(0);
    }
}
