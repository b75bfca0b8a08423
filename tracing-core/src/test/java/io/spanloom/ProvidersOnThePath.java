package io.spanloom;

import io.spanloom.spi.BackendProvider;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes backends appear on this thread's class path, until it is closed. */
final class ProvidersOnThePath extends ClassLoader implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();
    private final String service;
    private final Path file;

    private ProvidersOnThePath(Class<?> service, String lines) throws IOException {
        super(ProvidersOnThePath.class.getClassLoader());
        this.service = "META-INF/services/" + service.getName();
        file = Files.createTempFile("providers", null);
        Files.writeString(file, lines);
    }

    @SafeVarargs
    static ProvidersOnThePath of(Class<? extends BackendProvider>... providers) throws IOException {
        return ofNames(Arrays.stream(providers).map(Class::getName).toArray(String[]::new));
    }

    static ProvidersOnThePath ofNames(String... names) throws IOException {
        return ofService(BackendProvider.class, names);
    }

    static ProvidersOnThePath ofService(Class<?> service, String... names) throws IOException {
        ProvidersOnThePath path =
                new ProvidersOnThePath(service, Arrays.stream(names).collect(Collectors.joining("\n")));
        path.thread.setContextClassLoader(path);
        return path;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals(service)
                ? Collections.enumeration(Collections.singleton(file.toUri().toURL()))
                : super.getResources(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return null;
    }

    @Override
    public void close() throws IOException {
        thread.setContextClassLoader(before);
        Files.delete(file);
    }
}
