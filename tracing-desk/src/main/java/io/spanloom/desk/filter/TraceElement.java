package io.spanloom.desk.filter;

import java.util.List;

/** A trace, as far as filter expressions look into it. */
public interface TraceElement extends Element {
    List<? extends ServiceElement> services();

    List<? extends EdgeElement> edges();

    List<? extends RootCauseElement> rootCauses(Cause cause);

    /** A call from one service to another. */
    interface EdgeElement extends Element {
        ServiceElement source();

        ServiceElement destination();
    }

    /** One way from the entry of a trace down to where it went wrong or took long. */
    interface RootCauseElement {
        List<? extends Element> services();

        /** Of all services, in order. */
        List<? extends Element> entities();

        /** Of all entities, in order. */
        List<? extends Element> exceptions();

        /** As the API tells it: {@code Services}, {@code EntityPath}, {@code Name}, ...; lists, maps and plain values. */
        Object json();
    }
}
