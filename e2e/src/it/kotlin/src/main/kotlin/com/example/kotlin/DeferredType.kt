package com.example.kotlin

import io.spanloom.spi.AsyncSpan
import io.spanloom.spi.FutureType
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.ExperimentalCoroutinesApi

class DeferredType : FutureType {
    override fun includes(type: Class<*>) = Deferred::class.java.isAssignableFrom(type)

    @OptIn(ExperimentalCoroutinesApi::class)
    override fun listen(result: Any, span: AsyncSpan) {
        val deferred = result as Deferred<*>
        deferred.invokeOnCompletion { thrown ->
            span.end(if (thrown == null) deferred.getCompleted() else null, thrown)
        }
    }
}
