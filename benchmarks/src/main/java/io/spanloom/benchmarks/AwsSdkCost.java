package io.spanloom.benchmarks;

/**
 * What the interceptor adds to a call of the AWS SDK: {@link AwsSdkBenchmark}'s two calls in turns. The first arguments are
 * the backend and the seconds.
 */
public final class AwsSdkCost {

    private AwsSdkCost() {}

    public static void main(String[] args) throws Exception {
        SpanloomBackend backend = new SpanloomBackend();
        backend.backend = args[0];
        backend.configure();
        SpanloomRequest request = new SpanloomRequest();
        request.open(backend);
        AwsSdkBenchmark calls = new AwsSdkBenchmark();
        calls.clients();
        InTurns.measure(args[0], Long.parseLong(args[1]), calls::untraced, () -> calls.traced(request));
        request.close();
        backend.shutdown();
    }
}
