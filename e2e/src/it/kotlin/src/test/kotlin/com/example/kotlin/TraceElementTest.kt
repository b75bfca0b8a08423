package com.example.kotlin

import io.spanloom.Outcome
import io.spanloom.Span
import io.spanloom.Tracing
import io.spanloom.spi.MemorySpan
import io.spanloom.test.TraceRecorder
import io.spanloom.test.TracingExtension
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** The recipes of the documents, run. */
@ExtendWith(TracingExtension::class)
class TraceElementTest {

    private fun TraceRecorder.span(name: String): MemorySpan = spans().single { it.name() == name }

    private fun MemorySpan.below(): String? = parentSpanId()

    @Test
    fun `work on another dispatcher, it is below what was current`(traces: TraceRecorder) {
        Tracing.span("request").use { assertThat(runBlocking { Shop().loadElsewhere() }).isEqualTo(7) }
        assertThat(traces.span("load").below()).isEqualTo(traces.span("request").spanId())
    }

    @Test
    fun `a coroutine that changes threads, it keeps its trace and leaves them clean`(traces: TraceRecorder) {
        val one = Executors.newSingleThreadExecutor()
        val other = Executors.newSingleThreadExecutor()
        try {
            Tracing.span("request").use { request ->
                runBlocking(TraceElement()) {
                    withContext(one.asCoroutineDispatcher()) {
                        assertThat(Tracing.current().spanId()).isEqualTo(request.spanId())
                        withContext(other.asCoroutineDispatcher()) {
                            assertThat(Tracing.current().spanId()).isEqualTo(request.spanId())
                            yield()
                            Tracing.run<RuntimeException>("second") {}
                        }
                        Tracing.run<RuntimeException>("first") {}
                    }
                }
            }
            for (pool in listOf(one, other)) {
                assertThat(pool.submit<Span> { Tracing.current() }.get(10, TimeUnit.SECONDS)).isSameAs(Span.noop())
            }
        } finally {
            one.shutdown()
            other.shutdown()
        }
        assertThat(traces.spans().filter { it.name() != "request" }.map { it.below() })
            .containsOnly(traces.span("request").spanId()).hasSize(2)
    }

    @Test
    fun `coroutines that share threads, each has its own trace`(traces: TraceRecorder) {
        runBlocking(Dispatchers.Default) {
            (1..50).map { number ->
                async {
                    traced("request$number") {
                        yield()
                        traced("step$number") { yield() }
                        assertThat(Tracing.current().name()).isEqualTo("request$number")
                    }
                    assertThat(Tracing.current()).isSameAs(Span.noop())
                }
            }.awaitAll()
        }
        for (number in 1..50) {
            assertThat(traces.span("step$number").below()).isEqualTo(traces.span("request$number").spanId())
        }
    }

    @Test
    fun `a traced block that suspends and returns, it ends OK with what it did below it`(traces: TraceRecorder) {
        val result = runBlocking {
            traced("outer") { span ->
                span.annotation("key", "value")
                withContext(Dispatchers.IO) { Shop().load() }
            }
        }
        assertThat(result).isEqualTo(7)
        assertThat(traces.span("outer").outcome()).isEqualTo(Outcome.OK)
        assertThat(traces.span("outer").annotations()).containsEntry("key", "value")
        assertThat(traces.span("load").below()).isEqualTo(traces.span("outer").spanId())
    }

    @Test
    fun `a traced block around a suspending method, it is the span that the annotation cannot give`(traces: TraceRecorder) {
        assertThat(runBlocking { Shop().checkout("tea") }).isEqualTo("found tea")
        assertThat(traces.spans().map { it.name() }).containsExactly("checkout")
        assertThat(traces.span("checkout").annotations()).containsEntry("article", "tea")
    }

    @Test
    fun `a traced block that throws, it is a fault with the very exception`(traces: TraceRecorder) {
        val thrown = IllegalStateException("declined")
        assertThatThrownBy { runBlocking { traced<Int>("outer") { yield(); throw thrown } } }
            .isInstanceOf(IllegalStateException::class.java).hasMessage("declined")
        assertThat(traces.span("outer").exceptions()[0].message()).isEqualTo("declined")
        assertThat(traces.span("outer").outcome()).isEqualTo(Outcome.FAULT)
    }

    @Test
    fun `a traced block that is cancelled, it ends once and is marked`(traces: TraceRecorder) {
        runBlocking {
            val begun = CompletableDeferred<Unit>()
            val job = launch(Dispatchers.Default) {
                traced("outer") {
                    begun.complete(Unit)
                    CompletableDeferred<Unit>().await()
                }
            }
            begun.await()
            job.cancelAndJoin()
        }
        assertThat(traces.span("outer").outcome()).isEqualTo(Outcome.OK)
        assertThat(traces.span("outer").annotations()).containsEntry("cancelled", true)
    }

    @Test
    fun `a Deferred with the recipe's type, its span ends when it completes`(traces: TraceRecorder) {
        val given = CompletableDeferred<String>()
        assertThat(Shop().later(given)).isSameAs(given)
        assertThat(traces.spans()).isEmpty()
        given.complete("done")
        assertThat(traces.span("Shop.later").outcome()).isEqualTo(Outcome.OK)
    }

    @Test
    fun `a Deferred that fails or is cancelled, so does its span`(traces: TraceRecorder) {
        val failed = CompletableDeferred<String>()
        Shop().later(failed)
        failed.completeExceptionally(IllegalStateException("declined"))
        val cancelled = CompletableDeferred<String>()
        Shop().later(cancelled).cancel()
        assertThat(traces.spans().map { it.outcome() }).containsExactly(Outcome.FAULT, Outcome.OK)
        assertThat(traces.spans()[1].annotations()).containsEntry("cancelled", true)
    }
}
