package org.hibernate.proxy;

/** As in Hibernate, as far as it is asked. */
public interface LazyInitializer {
    boolean isUninitialized();
}
