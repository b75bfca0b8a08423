package io.spanloom.agent.contract;

import io.spanloom.spi.MemorySpan;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Classes of loaders that a container might have. */
final class Loaders {

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
        Host parallel = new Host(true);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> calls = new ArrayList<>();
            for (String part : List.of("A", "B", "C", "D")) {
                String name = Lodger.class.getName() + "$" + part;
                calls.add(
                        threads.submit(() -> Class.forName(name, true, parallel).getName()));
            }
            for (Future<String> call : calls) {
                call.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.println("parallel loader: " + call(parallel) + " " + ended.size() + " spans");
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
