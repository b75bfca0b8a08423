package io.spanloom.agent.contract;

import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Traced;

/** Looked at by a debugger. */
public final class Debugged {

    private Debugged() {}

    @Traced
    static long charge(@SpanAnnotation("order") String order, int tries) {
        int doubled = tries * 2;
        long sum = doubled + order.length();
        if (sum > 100) {
            throw new IllegalArgumentException(order);
        }
        return sum;
    }

    /** Prints the line that an exception names. */
    public static void main(String[] args) {
        System.out.println(charge("book", 3));
        try {
            charge("book", 300);
        } catch (IllegalArgumentException thrown) {
            System.out.println("frames: " + thrown.getStackTrace()[0] + " " + thrown.getStackTrace()[1]);
        }
    }
}
