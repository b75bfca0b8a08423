package io.spanloom.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that was named at the command line; {@code -} is standard input. */
final class InputFile {
    /** It is held in memory whole. */
    private static final long MAX_BYTES = 512L * 1024 * 1024;

    private InputFile() {}

    /** @throws CommandFailure saying what is wrong with it */
    static DocumentFile read(String name) {
        try {
            if (name.equals("-")) {
                return DocumentFile.read(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
            }
            Path path = Path.of(name);
            if (Files.size(path) > MAX_BYTES) {
                throw new CommandFailure(CommandFailure.FAILED, name + " is larger than 512 MiB");
            }
            // Not readString(): bytes that are no UTF-8 become question marks instead of an error without a place.
            return DocumentFile.read(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new CommandFailure(CommandFailure.MISUSED, "there is no file " + name);
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.FAILED, name + " cannot be read: " + e.getMessage());
        }
    }
}
