package com.example.kotlin

import io.spanloom.Span
import io.spanloom.Tracing
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.withContext

suspend fun <T> traced(name: String, block: suspend (Span) -> T): T {
    val span = Tracing.span(name)
    val inside = TraceElement()
    span.detach()
    try {
        return withContext(inside) { block(span) }.also { span.close() }
    } catch (cancelled: CancellationException) {
        span.annotation("cancelled", true).close()
        throw cancelled
    } catch (thrown: Throwable) {
        span.close(thrown)
        throw thrown
    }
}
