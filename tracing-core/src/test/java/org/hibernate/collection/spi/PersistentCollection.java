package org.hibernate.collection.spi;

/** The shape by which a lazily loaded collection is recognised. */
public interface PersistentCollection {
    boolean wasInitialized();
}
