package io.spanloom.test.contract;

import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.HeaderFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What every backend must do, as tests. The author of a backend extends it, says how to make one and how to see what it
 * delivered, and has all cases run:
 *
 * <pre>{@code
 * class AcmeBackendContractTest extends BackendContract {
 *     private final AcmeCollector collector = new AcmeCollector();   // a fresh test instance per case
 *
 *     @Override protected Backend create(TracingConfig config) {
 *         return new AcmeBackend(collector.port(), config.sampler());
 *     }
 *
 *     @Override protected List<ObservedSpan> awaitSpans(int count) {
 *         await().until(() -> collector.size() >= count);
 *         return collector.spans().stream().map(this::observed).toList();
 *     }
 * }
 * }</pre>
 *
 * <p>The cases drive the backend as an application does, through {@link io.spanloom.Tracing}: what core promises holds
 * only if core and the backend together keep it. Each case makes one backend, and closes it by
 * {@code Tracing.shutdown()}. As there is one configuration per JVM, the cases run alone.
 *
 * <p>The cases stand in groups of their own, {@link NestingCases} and so on: a failure reads
 * {@code AcmeBackendContractTest > Nesting > segmentUnderCurrent_isOfTheSameTrace}.
 */
@Isolated("Tracing has one configuration per JVM")
public abstract class BackendContract {

    /** The service's name in the configuration that {@link #create} gets. */
    protected static final String SERVICE = "contract-service";

    private HeaderFormat headerFormat = HeaderFormat.W3C;

    /** Made by the backend's test alone. */
    protected BackendContract() {}

    /**
     * The backend under test; called once per case.
     *
     * @param config service {@value #SERVICE}, sampling {@code all} or {@code none}, and what {@link #configure} added
     */
    protected abstract Backend create(TracingConfig config);

    /**
     * Everything that was delivered since {@link #create}, in any order, once it is at least {@code count} spans or ten
     * seconds have passed. Called after {@code Tracing.flush}; does not throw where there are fewer.
     */
    protected abstract List<ObservedSpan> awaitSpans(int count);

    /** False for a backend that keeps nothing: then only what concerns the application itself is tested. */
    protected boolean records() {
        return true;
    }

    /** What a receiver may be. */
    protected enum Receiver {
        /** It takes what is sent. */
        RUNNING,
        /** It takes what is sent, late. */
        SLOW,
        /** It is not there. */
        DEAD
    }

    /**
     * Makes what the backend under test sends to so from now on: for the cases of {@link AccountingCases} that try what a
     * receiver does to a sender. False, as here, where a test cannot; those cases are left out then.
     */
    protected boolean receiver(Receiver receiver) {
        return false;
    }

    /**
     * What the backend's own library has current on the calling thread; null for nothing. A backend whose library keeps
     * thread-locals of its own overrides this, so that they are looked at, too.
     */
    protected @Nullable Object libraryCurrent() {
        return null;
    }

    /** Further settings that {@link #create} wants to read; keys below {@code tracing.contract.} are not known. */
    protected void configure(TracingConfig.Builder builder) {}

    /** A configuration with the backend under test in it. */
    final TracingConfig.Builder builder() {
        TracingConfig.Builder builder = TracingConfig.builder()
                .alone()
                .provider(new Provider())
                .backend("contract")
                .service(SERVICE);
        configure(builder);
        return builder;
    }

    private final class Provider implements BackendProvider {
        @Override
        public String name() {
            return "contract";
        }

        @Override
        public Backend create(TracingConfig config) {
            Backend made = BackendContract.this.create(config);
            headerFormat = made.headerFormat();
            return made;
        }
    }

    /** What the backend that was made last speaks. */
    final HeaderFormat headerFormat() {
        return headerFormat;
    }

    @Nested
    class Nesting extends NestingCases {
        Nesting() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Identity extends IdentityCases {
        Identity() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Annotations extends AnnotationCases {
        Annotations() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Metadata extends MetadataCases {
        Metadata() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Messages extends MessageCases {
        Messages() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Edges extends EdgeCases {
        Edges() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Outcomes extends OutcomeCases {
        Outcomes() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Closing extends ClosingCases {
        Closing() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Threads extends ThreadCases {
        Threads() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Async extends AsyncCases {
        Async() {
            super(BackendContract.this);
        }
    }

    @Nested
    class HandedOver extends HandedOverCases {
        HandedOver() {
            super(BackendContract.this);
        }
    }

    @Nested
    class PooledThreads extends PooledThreadCases {
        PooledThreads() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Propagation extends PropagationCases {
        Propagation() {
            super(BackendContract.this);
        }
    }

    @Nested
    class B3 extends B3Cases {
        B3() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Headers extends HeaderCases {
        Headers() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Naming extends NamingCases {
        Naming() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Unsampled extends UnsampledCases {
        Unsampled() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Fanout extends FanoutCases {
        Fanout() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Transparency extends TransparencyCases {
        Transparency() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Listeners extends ListenerCases {
        Listeners() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Hostility extends HostileCases {
        Hostility() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Accounting extends AccountingCases {
        Accounting() {
            super(BackendContract.this);
        }
    }
}
