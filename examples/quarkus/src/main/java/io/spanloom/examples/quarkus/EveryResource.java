package io.spanloom.examples.quarkus;

import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.ws.rs.Path;

/** At build time, so that no resource need say it: each class with a path is a {@link TracedResource}. */
public class EveryResource implements BuildCompatibleExtension {

    @Enhancement(types = Object.class, withSubtypes = true, withAnnotations = Path.class)
    public void trace(ClassConfig resource) {
        if (!resource.info().isInterface()) {
            resource.addAnnotation(TracedResource.class);
        }
    }
}
