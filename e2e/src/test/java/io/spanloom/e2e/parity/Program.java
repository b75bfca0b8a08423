package io.spanloom.e2e.parity;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Calls on the facade, made from a seed. */
record Program(long seed, List<Step> steps) {

    /** The same without some of its steps. */
    Program with(List<Step> fewer) {
        return new Program(seed, List.copyOf(fewer));
    }

    @Override
    public String toString() {
        return "program of seed " + seed + ", " + steps.size() + " steps\n"
                + steps.stream().map(step -> "  " + text(step)).collect(Collectors.joining("\n"));
    }

    private static String text(Step step) {
        String arguments = Arrays.stream(step.getClass().getRecordComponents())
                .map(component -> component.getName() + "=" + text(step, component))
                .collect(Collectors.joining(", "));
        return step.getClass().getSimpleName() + "(" + arguments + ")";
    }

    private static String text(Step step, RecordComponent component) {
        Object value;
        try {
            value = component.getAccessor().invoke(step);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        boolean plain = value instanceof Integer && component.getType() == int.class
                || value instanceof Enum
                || value instanceof Thrown;
        if (value instanceof Step inner) {
            return text(inner);
        }
        return plain ? value.toString() : Literal.of(value);
    }
}
