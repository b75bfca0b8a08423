package io.spanloom.agent.contract;

import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Deploys a web application again and again, each time in a loader of its own, which nothing of the server's holds. */
final class Server {

    private Server() {}

    /** @param args how often, what the application does at its end, and where its classes and libraries are */
    public static void main(String[] args) throws Exception {
        int times = Integer.parseInt(args[0]);
        List<WeakReference<ClassLoader>> deployed = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            deployed.add(deploy(args[1], urls(args[2])));
        }
        for (int i = 0; i < 100 && left(deployed) > 0; i++) {
            System.gc();
            Thread.sleep(args[1].equals("uninstall") ? 100 : 1);
        }
        System.out.println("left of " + times + ": " + left(deployed));
    }

    private static WeakReference<ClassLoader> deploy(String end, URL[] urls) throws Exception {
        URLClassLoader application = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(application);
        Object started = Class.forName("io.spanloom.agent.contract.Deployed", true, application)
                .getConstructor(String.class)
                .newInstance(end);
        System.out.println("deployed: " + ((Callable<?>) started).call());
        Thread.currentThread().setContextClassLoader(null);
        application.close();
        return new WeakReference<>(application);
    }

    private static long left(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(each -> each.get() != null).count();
    }

    private static URL[] urls(String path) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String each : path.split(java.io.File.pathSeparator)) {
            urls.add(Path.of(each).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
