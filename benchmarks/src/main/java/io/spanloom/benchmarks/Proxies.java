package io.spanloom.benchmarks;

import org.springframework.aop.aspectj.annotation.AspectJProxyFactory;

/** An object behind an aspect, as Spring puts it there. */
final class Proxies {

    private Proxies() {}

    static <T> T of(T target, Object aspect) {
        AspectJProxyFactory factory = new AspectJProxyFactory(target);
        factory.setProxyTargetClass(true);
        factory.addAspect(aspect);
        return factory.getProxy();
    }
}
