package io.spanloom.desk;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Says what is wrong with an address and what a right one looks like; picocli adds the option's name in front. */
final class AddressConverter implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String value) {
        try {
            return Addresses.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + value + "': " + e.getMessage()
                    + "; expected HOST:PORT such as 127.0.0.1:4318 (port 0 takes any free one)");
        }
    }
}
