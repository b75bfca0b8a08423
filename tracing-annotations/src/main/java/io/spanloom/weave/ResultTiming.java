package io.spanloom.weave;

import net.bytebuddy.jar.asm.Type;

/** When a method's result is there, as far as its declared type tells. */
enum ResultTiming {

    /** When the method returns. */
    AT_RETURN,

    /** When the method returns or later: core looks at each result's own class. */
    UNKNOWN,

    /** When somebody subscribes to it: each subscription is a span, and the result is decorated. */
    SUBSCRIBED;

    static ResultTiming of(Type result) {
        if (result.getSort() != Type.OBJECT) {
            return AT_RETURN;
        }
        String name = result.getClassName();
        if (isPublisher(name)) {
            return SUBSCRIBED;
        }
        // A List may hold what completes later, but none is such a thing itself.
        boolean plain = name.startsWith("java.")
                && !name.startsWith("java.util.concurrent.")
                && !name.equals("java.lang.Object");
        return plain ? AT_RETURN : UNKNOWN;
    }

    /** Decorating takes a type of which our object can be one: these interfaces, and classes made to be extended. */
    private static boolean isPublisher(String name) {
        return switch (name) {
            case "java.util.concurrent.Flow$Publisher",
                    "org.reactivestreams.Publisher",
                    "reactor.core.publisher.Mono",
                    "reactor.core.publisher.Flux" -> true;
            default -> false;
        };
    }

    /** What to know about the end of a method's spans; empty where they end at return. */
    static String remark(Type result) {
        String name = result.getClassName();
        if (isPublisher(name)) {
            return "each subscription to its result is a span, from subscribing to its end";
        }
        return switch (name) {
            case "java.util.concurrent.CompletionStage",
                    "java.util.concurrent.CompletableFuture",
                    "com.google.common.util.concurrent.ListenableFuture" -> "the span ends when the result completes";
            case "java.util.concurrent.Future",
                    "java.util.concurrent.RunnableFuture",
                    "java.util.concurrent.FutureTask",
                    "java.util.concurrent.ScheduledFuture",
                    "java.util.concurrent.ForkJoinTask" ->
                "the span ends at return: a Future does not say when it completes, unless it is also a CompletionStage or"
                        + " a ListenableFuture";
            default -> "";
        };
    }
}
