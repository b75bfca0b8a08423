package com.example.kotlin

import io.spanloom.Scope
import io.spanloom.TraceContext
import io.spanloom.Tracing
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.ThreadContextElement

class TraceElement(private val trace: TraceContext = Tracing.capture()) : ThreadContextElement<Scope> {
    companion object Key : CoroutineContext.Key<TraceElement>
    override val key get() = Key
    override fun updateThreadContext(context: CoroutineContext): Scope = trace.activate()
    override fun restoreThreadContext(context: CoroutineContext, oldState: Scope) = oldState.close()
}
