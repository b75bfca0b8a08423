package com.example.kotlin

import io.spanloom.Tracing
import io.spanloom.annotation.SpanAnnotation
import io.spanloom.annotation.Traced
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext

open class Shop {

    @Traced
    fun price(@SpanAnnotation("article") article: String, discount: Int = 0): Int = 10 - discount

    @Traced
    suspend fun find(article: String): String {
        delay(1)
        return "found $article"
    }

    @Traced
    suspend fun findAtOnce(article: String): String = "found $article"

    @Traced
    internal suspend fun nothing() {
        delay(1)
    }

    @Traced
    fun later(given: CompletableDeferred<String>): Deferred<String> = given

    fun load(): Int = Tracing.call<Int, RuntimeException>("load") { 7 }

    suspend fun loadElsewhere(): Int {
        return withContext(Dispatchers.IO + TraceElement()) { load() }
    }

    suspend fun checkout(article: String): String =
        traced("checkout") { span ->
            span.annotation("article", article)
            find(article)
        }

    companion object {
        @JvmStatic
        @Traced
        suspend fun open(): Shop {
            delay(1)
            return Shop()
        }
    }
}

interface Orders {
    @Traced
    suspend fun place(article: String): Int
}

class StoredOrders : Orders {
    override suspend fun place(article: String): Int {
        delay(1)
        return article.length
    }
}

@Traced
class Stock {
    suspend fun reserve(): Int {
        delay(1)
        return 1
    }

    fun count(): Int = listOf(1, 2).sum()
}
