package com.example.built;

import io.spanloom.weave.Weaver;

/** Runs with no agent; asks the weaver only where it is told to. */
public final class App {

    private App() {}

    public static void main(String[] args) {
        if (args.length > 0) {
            System.out.println(Weaver.install());
        }
        System.out.println(new Shop().order("book"));
        try {
            Shop.refuse();
        } catch (IllegalStateException thrown) {
            System.out.println("same object: " + (thrown == Shop.SOLD_OUT));
        }
    }
}
