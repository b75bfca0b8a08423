package io.spanloom.xray;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import io.spanloom.Aws;
import io.spanloom.Http;
import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.spi.Ids;
import io.spanloom.spi.Pairs;
import io.spanloom.spi.SpanSeed;
import io.spanloom.spi.ThrownException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A span of ours: what it holds until it is written to a document. */
abstract class XRaySpan extends Span implements Node {

    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final VarHandle PHASE;
    private static final VarHandle CONTENT;
    private static final VarHandle CHILDREN;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PHASE = lookup.findVarHandle(XRaySpan.class, "phase", int.class);
            CONTENT = lookup.findVarHandle(XRaySpan.class, "content", Content.class);
            CHILDREN = lookup.findVarHandle(XRaySpan.class, "children", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final XRayBackend backend;

    /** What was current on the starting thread; of a subsegment, that is its parent, until {@link #forgetPrevious}. */
    @Nullable
    Entity previous;

    final long id;
    final long start;

    private long end;
    private volatile int phase;
    /** An ordinal: a reference to it would make each span eight bytes longer. */
    private byte outcome = (byte) Outcome.OK.ordinal();

    private volatile @Nullable Content content;

    /** The annotations of the span's own thread, which need no {@link Content}: it costs a lock at the end. */
    private Object[] own = Pairs.NONE;

    /** The last child, which links to the one before it: a {@link Node}, which a VarHandle must not ask it to be. */
    private volatile @Nullable Object children;

    private @Nullable Node next;

    XRaySpan(
            XRayBackend backend,
            SpanSpec spec,
            @Nullable XRaySpan parent,
            @Nullable Entity previous,
            @Nullable SpanSeed seed,
            boolean sampled) {
        super(spec, parent, sampled);
        this.backend = backend;
        this.previous = previous;
        this.id = seed != null && seed.spanId() != null ? Ids.bits(seed.spanId(), 0) : Ids.newSpanId();
        this.start = seed != null && seed.startEpochNanos() != 0 ? seed.startEpochNanos() : sampled ? now() : 0;
    }

    /** What is current again once this span is left: never Lambda's segment, which the SDK takes for a subsegment. */
    final @Nullable Entity before() {
        Entity above = previous;
        return above instanceof SegmentEntity segment && !segment.span().isSent() ? null : above;
    }

    /**
     * Its document is written, so that nobody needs its parent any more: work that continues itself for ever would keep
     * every span of it alive. Its own thread, where it never left the span, may yet ask what was current before: of that
     * chain only what has ended is left out.
     */
    final void forgetPrevious() {
        Entity above = previous;
        if (above == null) {
            return;
        }
        if (isLeft()) {
            previous = segment();
            return;
        }
        while (SpanEntity.spanOf(above) instanceof SubsegmentSpan ours && ours.isEnded() && ours.previous != null) {
            above = ours.previous;
        }
        previous = above;
    }

    /** The segment that it belongs to: one of ours, or the SDK's. */
    abstract Segment segment();

    /** Itself as the SDK sees it. */
    abstract Entity entity();

    /** The name in X-Ray, which for a request is the service's. */
    abstract String documentName();

    @Override
    public final String spanId() {
        return Ids.spanId(id);
    }

    final Outcome outcome() {
        return OUTCOMES[outcome];
    }

    final long endNanos() {
        return end;
    }

    @Override
    protected final long startEpochNanos() {
        return start;
    }

    /** What the SDK's instrumentation and the writer need to know of its spec. */
    final SpanSpec description() {
        return spec();
    }

    // --- children ----------------------------------------------------------------------------------------------------

    @Override
    public final @Nullable Node next() {
        return next;
    }

    @Override
    public final void next(@Nullable Node node) {
        next = node;
    }

    /** Adds a child; any thread, no lock. */
    final void push(Node child) {
        Object head;
        do {
            head = children;
            child.next(Node.of(head));
        } while (!CHILDREN.compareAndSet(this, head, child));
    }

    /** Takes all children away, to be put back one by one. */
    final @Nullable Node takeChildren() {
        return Node.of(CHILDREN.getAndSet(this, null));
    }

    final @Nullable Node lastChild() {
        return Node.of(children);
    }

    /** The children in order of their start, each a SubsegmentSpan or an SdkChild: not called Nodes, see {@link Node#of}. */
    final List<Object> childrenInOrder() {
        Node last = lastChild();
        if (last == null) {
            return List.of();
        }
        List<Object> list = new ArrayList<>();
        for (Node node = last; node != null; node = node.next()) {
            list.add(node);
        }
        Collections.reverse(list);
        return list;
    }

    /** The children that have not gone into documents yet, as the SDK sees them. */
    final List<Subsegment> subsegments() {
        List<Subsegment> list = new ArrayList<>();
        for (Object node : childrenInOrder()) {
            if (node instanceof SubsegmentSpan child && !child.isHandedOver()) {
                list.add(child);
            } else if (node instanceof SdkChild child && !child.taken) {
                list.add(child.subsegment);
            }
        }
        return list;
    }

    // --- phase -------------------------------------------------------------------------------------------------------

    final int phase() {
        return phase;
    }

    /** Until its end time and outcome are known, which is a moment later than its end. */
    final boolean isOpen() {
        int now = phase;
        return now == Phase.OPEN || now == Phase.ABANDONED;
    }

    final boolean move(int from, int to) {
        return PHASE.compareAndSet(this, from, to);
    }

    final void moveTo(int to) {
        phase = to;
    }

    /** Whether the document that it goes into is decided, so that children may no longer count on it. */
    final boolean isHandedOver() {
        return phase >= Phase.EMBEDDED;
    }

    // --- recording ---------------------------------------------------------------------------------------------------

    Content content() {
        Content known = content;
        if (known != null) {
            return known;
        }
        Content fresh = new Content();
        Content winner = (Content) CONTENT.compareAndExchange(this, null, fresh);
        return winner == null ? fresh : winner;
    }

    @Nullable
    Content peekContent() {
        return content;
    }

    /** About how many bytes of JSON this makes, without its children. */
    final int weight() {
        Content recorded = content;
        int weight = 200 + (recorded == null ? 0 : recorded.weight());
        Object[] pairs = own;
        for (int i = 0; i < pairs.length && pairs[i] != null; i += 2) {
            weight += Content.length(pairs[i]) + 16 + Content.length(pairs[i + 1]);
        }
        return weight;
    }

    /** By key; the value of another thread in place of the own where the key is the same. */
    final Map<String, Object> annotations() {
        Content recorded = content;
        if (own == Pairs.NONE && recorded == null) {
            return Map.of();
        }
        Map<String, Object> all = new LinkedHashMap<>();
        putAll(all, Pairs.copy(own));
        if (recorded != null) {
            putAll(all, recorded.annotations());
        }
        return all;
    }

    private static void putAll(Map<String, Object> all, Object[] pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            all.put((String) pairs[i], pairs[i + 1]);
        }
    }

    @Override
    protected final void recordAnnotation(String key, String value) {
        annotate(key, value);
    }

    @Override
    protected final void recordAnnotation(String key, long value) {
        annotate(key, value);
    }

    @Override
    protected final void recordAnnotation(String key, double value) {
        annotate(key, value);
    }

    @Override
    protected final void recordAnnotation(String key, boolean value) {
        annotate(key, value);
    }

    void annotate(String key, Object value) {
        Content recorded = content;
        if (isOnOwnThread() && (recorded == null || !recorded.hasAnnotations())) {
            Object[] kept = Pairs.put(own, key, value);
            if (kept != null) {
                own = kept;
                return;
            }
        }
        content().annotation(key, value);
    }

    @Override
    protected final void recordMetadata(String namespace, String key, String json) {
        content().metadata(namespace, key, json);
    }

    @Override
    protected final void recordException(List<ThrownException> chain) {
        content().exception(chain);
    }

    @Override
    protected final void recordHttp(Http.Request request) {
        content().request(request);
    }

    @Override
    protected final void recordHttp(Http.Response response) {
        content().response(response);
    }

    @Override
    protected final void recordSql(Sql sql) {
        content().sql(sql);
    }

    @Override
    protected final void recordAws(Aws aws) {
        content().aws(aws);
    }

    @Override
    protected final void recordLink(String traceId, String spanId) {
        content().link(new SpanLink(traceId, spanId));
    }

    @Override
    protected final void leave() {
        CurrentEntity.leave(AWSXRay.getGlobalRecorder(), this);
    }

    @Override
    protected final void beforeEnd() {
        if (hasListeners()) {
            Listeners.beforeEnd(entity());
        }
    }

    private static boolean hasListeners() {
        return !AWSXRay.getGlobalRecorder().getSegmentListeners().isEmpty();
    }

    @Override
    protected final void recordEnd(Outcome how, long endEpochNanos) {
        outcome = (byte) how.ordinal();
        end = endEpochNanos;
        if (move(Phase.OPEN, Phase.ENDED)) {
            ended();
        } else {
            moveTo(Phase.LATE);
            backend.exporter.offer(Document.of(this, weight()));
        }
        if (hasListeners()) {
            Listeners.afterEnd(entity());
        }
    }

    /** It has just ended, in time. */
    abstract void ended();
}
