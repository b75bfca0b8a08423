package io.spanloom.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.spi.DoctorCheck;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServicesTest {

    @Test
    void classLoaderThatCannotBeRead_isGivenUp() {
        ClassLoader closed = new ClassLoader(ServicesTest.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                throw new IOException("closed");
            }
        };
        List<Throwable> broken = new ArrayList<>();

        Services.each(DoctorCheck.class, closed, check -> {}, broken::add);

        assertThat(broken).isNotEmpty().hasSizeLessThanOrEqualTo(100);
    }
}
