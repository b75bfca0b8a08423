package io.spanloom.agent.contract;

import io.spanloom.annotation.NotTraced;
import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** Methods of every shape. Each throws what it is given, or else returns. */
class Guest {

    /** As if Java had no checked exceptions. */
    @SuppressWarnings("unchecked")
    static <T extends Throwable> void end(Throwable outcome) throws T {
        if (outcome != null) {
            throw (T) outcome;
        }
    }

    @Traced
    String plain(Throwable outcome) {
        Guest.<Error>end(outcome);
        return "plain";
    }

    @Traced
    static long ofClass(Throwable outcome, @SpanAnnotation("n") long n) {
        Guest.<Error>end(outcome);
        return n;
    }

    @Traced
    private int hidden(Throwable outcome) {
        Guest.<Error>end(outcome);
        return 1;
    }

    int callsHidden(Throwable outcome) {
        return hidden(outcome);
    }

    @Traced
    final boolean unchangeable(Throwable outcome) {
        Guest.<Error>end(outcome);
        return true;
    }

    @Traced
    synchronized double locked(Throwable outcome) {
        Guest.<Error>end(outcome);
        return Thread.holdsLock(this) ? 2.5 : 0;
    }

    @Traced
    <T extends Comparable<T>> T generic(Throwable outcome, T value) {
        Guest.<Error>end(outcome);
        return value;
    }

    @Traced
    int varargs(Throwable outcome, int... values) {
        Guest.<Error>end(outcome);
        return values.length;
    }

    @Traced
    void nothing(Throwable outcome) {
        Guest.<Error>end(outcome);
    }

    @Traced
    @SpanAnnotation(value = "result", path = "length()")
    String captured(Throwable outcome, @SpanAnnotation(value = "size", path = "length()") String text) {
        Guest.<Error>end(outcome);
        return text + text;
    }

    @Traced
    @SpanAnnotation(value = "result", path = "length()")
    CompletableFuture<String> future(CompletableFuture<String> given) {
        return given;
    }

    @Traced
    @SpanAnnotation(value = "result", path = "length()")
    CompletionStage<? extends String> stage(CompletionStage<String> given) {
        return given;
    }

    @Traced
    @SpanAnnotation("result")
    Object anything(Object given) {
        return given;
    }

    static final class OwnFuture extends CompletableFuture<String> {}

    @Traced
    @SpanAnnotation(value = "result", path = "length()")
    static OwnFuture ownFuture(OwnFuture given) {
        return given;
    }

    @Traced
    Flow.Publisher<String> publisher(@SpanAnnotation("result") int id, Flow.Publisher<String> given) {
        return given;
    }

    @Traced
    Flow.Publisher<String> publisherAtOnce(Throwable outcome) {
        Guest.<Error>end(outcome);
        return null;
    }

    @Traced
    int branches(Throwable outcome, int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            try {
                if (i % 2 == 0) {
                    throw new IllegalArgumentException();
                }
                sum += i;
            } catch (IllegalArgumentException even) {
                sum++;
            } finally {
                sum += 10;
            }
        }
        Guest.<Error>end(outcome);
        return sum;
    }

    @Traced
    int outer(Throwable outcome) {
        return inner(outcome) + 1;
    }

    @Subsegment("inner")
    private int inner(Throwable outcome) {
        Guest.<Error>end(outcome);
        return 1;
    }

    @Traced
    String closes(Throwable outcome) {
        Supplier<String> lambda = () -> "lambda" + (outcome == null);
        Guest.<Error>end(outcome);
        return lambda.get();
    }

    /** Not static. */
    class Inner {
        @Traced
        String inside(Throwable outcome) {
            Guest.<Error>end(outcome);
            return callsHidden(null) + "inside";
        }
    }

    static Supplier<String> anonymous(Throwable outcome) {
        return new Supplier<>() {
            @Override
            @Traced("anonymous")
            public String get() {
                Guest.<Error>end(outcome);
                return "anonymous";
            }
        };
    }

    enum Mood {
        GOOD {
            @Override
            @Traced("body")
            String feel(Throwable outcome) {
                Guest.<Error>end(outcome);
                return "good";
            }
        };

        abstract String feel(Throwable outcome);

        @Traced
        String say(Throwable outcome) {
            Guest.<Error>end(outcome);
            return name();
        }
    }

    record Point(int x, int y) {
        @Traced
        int sum(Throwable outcome) {
            Guest.<Error>end(outcome);
            return x + y;
        }
    }

    interface Greeter {
        @Traced
        default String greet(Throwable outcome) {
            Guest.<Error>end(outcome);
            return "hello";
        }

        @Traced
        static String bye(Throwable outcome) {
            Guest.<Error>end(outcome);
            return "bye";
        }

        @Traced
        private String whisper(Throwable outcome) {
            Guest.<Error>end(outcome);
            return "psst";
        }

        default String whispers(Throwable outcome) {
            return whisper(outcome);
        }
    }

    static class Polite implements Greeter {}

    abstract static class Box<T> {
        abstract T open(Throwable outcome, T value);
    }

    static class StringBox extends Box<String> {
        @Override
        @Traced // and javac's bridge is not
        String open(Throwable outcome, String value) {
            Guest.<Error>end(outcome);
            return value;
        }
    }

    @Traced
    static class Whole {
        private String name = "n";

        public String getName() {
            return name;
        }

        public String work(Throwable outcome) {
            Guest.<Error>end(outcome);
            return getName();
        }

        @NotTraced
        public String probe() {
            return "probe";
        }
    }
}
