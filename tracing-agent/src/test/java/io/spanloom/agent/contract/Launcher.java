package io.spanloom.agent.contract;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** Starts a program in a class loader of its own, as the launcher of a Spring Boot jar does. */
public final class Launcher {

    private Launcher() {}

    /** @param args where the program's classes and libraries are */
    public static void main(String[] args) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String each : args) {
            urls.add(new URL(each));
        }
        URLClassLoader program = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(program);
        program.loadClass("io.spanloom.agent.contract.ContractApp")
                .getMethod("main", String[].class)
                .invoke(null, (Object) new String[0]);
    }
}
