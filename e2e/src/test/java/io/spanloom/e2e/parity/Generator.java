package io.spanloom.e2e.parity;

import io.spanloom.SpanKind;
import io.spanloom.e2e.parity.Step.Way;
import io.spanloom.spi.ThrownException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes the program of a seed, always the same one. */
final class Generator {

    private final SplittableRandom random;
    private final Hostile hostile;
    private final List<Step> steps = new ArrayList<>();
    private int slots;
    private int contexts;
    private int entered;

    private Generator(long seed) {
        random = new SplittableRandom(seed);
        hostile = new Hostile(random);
    }

    static Program program(long seed) {
        Generator generator = new Generator(seed);
        generator.write();
        return new Program(seed, List.copyOf(generator.steps));
    }

    private void write() {
        first();
        int length = hostile.seldom(10) ? 80 : 4 + random.nextInt(24);
        for (int i = 0; i < length; i++) {
            next();
        }
        if (hostile.seldom(100)) {
            steps.add(new Step.Many(1_000, 600, 0));
        }
        if (hostile.seldom(100)) {
            steps.add(new Step.Many(1_000, 30, 5_000));
        }
    }

    private void first() {
        if (hostile.seldom(3)) {
            String[] rest = {
                ";Parent=53995c3f42cd8ad8;Sampled=1", ";Sampled=1", "", ";Parent=53995c3f42cd8ad8;Sampled=0"
            };
            String[] starts = {"5759e988bd862e3f", "0000000000000001", "ffffffffffffffff"};
            steps.add(new Step.Receive(
                    slots++,
                    hostile.name(),
                    kind(),
                    starts[hostile.seldom(5) ? random.nextInt(3) : 0],
                    rest[hostile.seldom(3) ? random.nextInt(4) : 0],
                    hostile.host()));
        } else {
            start();
        }
    }

    private SpanKind kind() {
        SpanKind[] kinds = SpanKind.values();
        return kinds[random.nextInt(kinds.length)];
    }

    private void start() {
        Way[] ways = Way.values();
        Way way = hostile.seldom(4) ? ways[random.nextInt(ways.length)] : Way.SPAN;
        String[] namespaces = {"remote", "aws", "other", ""};
        steps.add(new Step.Start(
                slots++,
                way,
                hostile.name(),
                hostile.seldom(2) ? kind() : SpanKind.INTERNAL,
                hostile.seldom(5) ? namespaces[random.nextInt(4)] : null,
                hostile.seldom(6) ? random.nextInt(ThrownException.FRAMES) : ThrownException.FRAMES));
    }

    private void next() {
        Step before = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        int size = steps.size();
        step();
        boolean made = steps.size() == size + 1 && before != null;
        if (made && hostile.seldom(8)) {
            Step last = steps.get(size);
            if (!(last instanceof Step.Enter) && !(last instanceof Step.Leave) && !(last instanceof Step.Capture)) {
                steps.set(size, new Step.Elsewhere(last));
            }
        }
    }

    private void step() {
        int slot = slots == 0 ? 0 : hostile.seldom(3) ? random.nextInt(slots) : slots - 1;
        switch (random.nextInt(26)) {
            case 0, 1, 2, 3 -> start();
            case 4, 5, 6 -> steps.add(new Step.Close(slot, hostile.seldom(3) ? hostile.thrown() : null));
            case 7, 8, 9 -> steps.add(new Step.Annotate(slot, hostile.key(), hostile.annotation()));
            case 10, 11, 12 -> steps.add(new Step.Metadata(slot, hostile.namespace(), hostile.key(), hostile.value()));
            case 13 ->
                steps.add(new Step.Event(slot, hostile.name(), hostile.attributes(), hostile.seldom(40) ? 2_100 : 1));
            case 14 -> steps.add(new Step.Link(slot, hostile.id(32), hostile.id(16), hostile.seldom(40) ? 200 : 1));
            case 15, 16 -> steps.add(new Step.Request(slot, hostile.request()));
            case 17, 18 -> steps.add(new Step.Response(slot, hostile.response()));
            case 19 ->
                steps.add(
                        hostile.seldom(2)
                                ? new Step.AwsCall(slot, hostile.aws())
                                : new Step.Statement(slot, hostile.sql()));
            case 20 -> steps.add(new Step.User(slot, hostile.user()));
            case 21 -> steps.add(new Step.Fail(slot, hostile.thrown(), hostile.seldom(60) ? 150 : 1));
            case 22 -> steps.add(new Step.Expected(slot, hostile.thrown()));
            case 23 -> steps.add(new Step.Detach(slot));
            case 24 -> steps.add(new Step.Capture(contexts++));
            default -> {
                if (contexts > 0 && entered == 0) {
                    steps.add(new Step.Enter(random.nextInt(contexts)));
                    entered++;
                } else if (entered > 0) {
                    steps.add(new Step.Leave());
                    entered--;
                }
            }
        }
    }
}
