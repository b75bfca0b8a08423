package com.example.consumer;

import static io.spanloom.test.TraceAssertions.assertThat;

import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TracingExtension.class)
class ShopTest {

    @Test
    void order_isTraced(TraceRecorder traces) {
        new Shop().order("book");

        assertThat(traces)
                .onlyTrace()
                .hasRoot("Shop.order")
                .withAnnotation("article", "book")
                .hasChild("reserve")
                .withoutError();
    }
}
