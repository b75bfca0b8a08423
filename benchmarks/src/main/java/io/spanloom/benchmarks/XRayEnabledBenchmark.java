package io.spanloom.benchmarks;

import com.amazonaws.xray.spring.aop.BaseAbstractXRayInterceptor;
import com.amazonaws.xray.spring.aop.XRayEnabled;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Pointcut;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** {@code @XRayEnabled} behind a Spring proxy. */
@State(Scope.Thread)
public class XRayEnabledBenchmark extends TinyMethod {

    private final Enabled enabled = Proxies.of(new Enabled(), new EnabledAspect());

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int call(XRaySdk sdk) {
        sdk.begin();
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += enabled.call(Work.HANDLE, i);
        }
        sdk.end();
        return sum;
    }

    /** Public, for the proxy to extend. */
    @XRayEnabled
    public static class Enabled {

        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        public int call(String handle, int count) {
            return Work.body(handle, count);
        }
    }

    /** As the SDK's documentation has its users write it. */
    @Aspect
    public static class EnabledAspect extends BaseAbstractXRayInterceptor {

        @Override
        @Pointcut("@within(com.amazonaws.xray.spring.aop.XRayEnabled)")
        public void xrayEnabledClasses() {}
    }
}
