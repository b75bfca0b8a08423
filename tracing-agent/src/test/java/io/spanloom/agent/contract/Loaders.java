package io.spanloom.agent.contract;

import io.spanloom.spi.MemorySpan;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Classes of loaders that a container might have. */
final class Loaders {

    private static final int ROUNDS = 25;

    private Loaders() {}

    /** Loads the lodger itself, from its own file as the class path has it. */
    private static class Host extends ClassLoader {
        static {
            ClassLoader.registerAsParallelCapable();
        }

        private final boolean seesCore;

        Host(boolean seesCore) {
            super(Loaders.class.getClassLoader());
            this.seesCore = seesCore;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!seesCore && name.startsWith("io.spanloom.") && !name.contains(".contract.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(Lodger.class.getName())) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                try (InputStream stream =
                        Loaders.class.getModule().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    byte[] bytes = stream.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
    }

    static void run(List<MemorySpan> ended) throws Exception {
        ended.clear();
        System.out.println("blind loader: " + call(new Host(false)) + " " + ended.size() + " spans");
        ended.clear();
        System.out.println("parallel loader: " + call(new Host(true)) + " " + ended.size() + " spans");
        ended.clear();
        System.out.println("parallel threads: " + callConcurrently() + " calls " + ended.size() + " spans");
    }

    /** Two threads load the same classes of a new loader, from either end; how many calls they make. */
    private static int callConcurrently() throws Exception {
        List<String> parts = new ArrayList<>(List.of("A", "B", "C", "D"));
        List<String> backwards = new ArrayList<>(parts);
        Collections.reverse(backwards);
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        int calls = 0;
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Host loader = new Host(true);
                Future<Integer> one = threads.submit(() -> callAll(loader, parts, together));
                Future<Integer> other = threads.submit(() -> callAll(loader, backwards, together));
                calls += one.get(30, TimeUnit.SECONDS) + other.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        return calls;
    }

    private static int callAll(ClassLoader loader, List<String> parts, CyclicBarrier together) throws Exception {
        together.await(30, TimeUnit.SECONDS);
        for (String part : parts) {
            Class<?> type = Class.forName(Lodger.class.getName() + "$" + part, true, loader);
            ((Runnable) type.getConstructor().newInstance()).run();
        }
        return parts.size();
    }

    private static Object call(ClassLoader loader) {
        try {
            Class<?> lodger = Class.forName(Lodger.class.getName(), true, loader);
            java.lang.reflect.Constructor<?> constructor = lodger.getDeclaredConstructor();
            return ((Callable<?>) constructor.newInstance()).call();
        } catch (Exception | LinkageError thrown) {
            return thrown;
        }
    }
}
