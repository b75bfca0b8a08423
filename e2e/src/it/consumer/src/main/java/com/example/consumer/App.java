package com.example.consumer;

import io.spanloom.weave.Weaver;

/** One order; where its trace goes is configuration. */
public final class App {

    private App() {}

    public static void main(String[] args) {
        Weaver.install();
        System.out.println(new Shop().order("book"));
    }
}
