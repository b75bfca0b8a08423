package com.example.kotlin

import io.spanloom.Span
import io.spanloom.Tracing
import io.spanloom.test.TraceRecorder
import io.spanloom.test.TracingExtension
import io.spanloom.weave.Weaver
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** What kotlinc makes of suspending functions is left alone; what it makes of others is woven. */
@ExtendWith(TracingExtension::class)
class SuspendingTest {

    @Test
    fun `suspending functions, they run untraced`(traces: TraceRecorder) {
        val results = runBlocking {
            listOf(Shop().find("tea"), Shop().findAtOnce("tea"), Shop().nothing(), Shop.open().find("milk"),
                StoredOrders().place("tea"), Stock().reserve())
        }
        assertThat(results).containsExactly("found tea", "found tea", Unit, "found milk", 3, 1)
        assertThat(traces.spans()).isEmpty()
        assertThat(Tracing.current()).isSameAs(Span.noop())
    }

    @Test
    fun `plain functions beside them, they are traced`(traces: TraceRecorder) {
        assertThat(Shop().price("tea", 3)).isEqualTo(7)
        assertThat(Shop().price("milk")).isEqualTo(10)
        assertThat(Stock().count()).isEqualTo(3)
        assertThat(traces.spans().map { it.name() }).containsExactly("Shop.price", "Shop.price", "Stock.count")
        assertThat(traces.spans().map { it.annotations()["article"] }).containsExactly("tea", "milk", null)
    }

    @Test
    fun `suspending functions, explain says why they are left alone`() {
        val why = "not woven: a suspending function: its span would end when it first suspends"
        assertThat(Weaver.explain(Shop::class.java).toString())
            .contains("find(String, Continuation): $why", "findAtOnce(String, Continuation): $why",
                "(Continuation): $why", "price(String, int): woven")
        assertThat(Weaver.explain(Shop.Companion::class.java).toString()).contains("open(Continuation): $why")
        assertThat(Weaver.explain(StoredOrders::class.java).toString()).contains("place(String, Continuation): $why")
        assertThat(Weaver.explain(Stock::class.java).toString())
            .contains("reserve(Continuation): $why", "count(): woven")
    }
}
