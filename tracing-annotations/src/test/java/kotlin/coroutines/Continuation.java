package kotlin.coroutines;

/** As Kotlin's: the last parameter of every suspending function that its compiler has compiled. */
public interface Continuation<T> {

    void resumeWith(Object result);
}
