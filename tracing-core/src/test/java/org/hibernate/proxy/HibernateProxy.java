package org.hibernate.proxy;

/** The shape by which a lazily loaded entity is recognised. */
public interface HibernateProxy {
    LazyInitializer getHibernateLazyInitializer();
}
