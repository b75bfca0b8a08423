package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.annotation.Traced;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.Test;

/** {@code suspend fun find(id: Int): String}, as the class file has it. */
class SuspendingFunctionsTest extends WovenTest {

    static class Repository {
        @Traced
        Object find(int id, Continuation<? super String> continuation) {
            continuation.resumeWith("found " + id);
            return "COROUTINE_SUSPENDED";
        }

        @Traced
        int plain() {
            return 1;
        }
    }

    interface Orders {
        @Traced
        Object place(int id, Continuation<? super String> continuation);
    }

    static class StoredOrders implements Orders {
        @Override
        public Object place(int id, Continuation<? super String> continuation) {
            return "placed " + id;
        }
    }

    @Traced
    static class Stock {
        public Object reserve(Continuation<? super String> continuation) {
            return "reserved";
        }

        public String count() {
            return "counted".trim();
        }
    }

    @Test
    void suspendingFunctionOfAnAnnotatedInterfaceOrType_isLeftAloneAndExplained() {
        assertThat(new StoredOrders().place(7, result -> {})).isEqualTo("placed 7");
        assertThat(new Stock().reserve(result -> {})).isEqualTo("reserved");
        assertThat(new Stock().count()).isEqualTo("counted");
        assertThat(names()).containsExactly("Stock.count");
        assertThat(Weaver.explain(StoredOrders.class).toString())
                .contains("place(int, Continuation): not woven: a suspending function");
        assertThat(Weaver.explain(Orders.class).toString())
                .contains("place(int, Continuation): not woven: a suspending function");
        assertThat(Weaver.explain(Stock.class).toString())
                .contains("reserve(Continuation): not woven: a suspending function", "count(): woven");
    }

    @Test
    void suspendingFunction_isLeftAloneAndExplained() {
        Object[] resumed = new Object[1];
        Repository repository = new Repository();

        assertThat(repository.find(7, result -> resumed[0] = result)).isEqualTo("COROUTINE_SUSPENDED");
        assertThat(repository.plain()).isEqualTo(1);
        assertThat(resumed).containsExactly("found 7");
        assertThat(names()).containsExactly("Repository.plain");
        assertThat(Weaver.explain(Repository.class).toString())
                .contains(
                        "find(int, Continuation): not woven: a suspending function: its span would end when it first");
    }
}
