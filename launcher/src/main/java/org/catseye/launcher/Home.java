package org.catseye.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** The folder that holds all state: made with mode 0700, and ours alone for as long as the process lives. */
final class Home {
    private static final List<String> FOLDERS = List.of("cache", "config", "deploy", "log", "tmp");
    private final Path folder;
    private final FileLock lock;

    private Home(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Makes what is missing and takes the lock. A process that dies, however it dies, gives the lock back: the kernel holds it. */
    static Home open(Path folder) throws Refusal {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new Refusal("home " + folder + " is a file; --home needs a folder");
        }
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(folder, ownerOnly);
            for (String name : FOLDERS) {
                Files.createDirectories(folder.resolve(name), ownerOnly);
            }
            return new Home(folder, lock(folder));
        } catch (IOException | UnsupportedOperationException e) {
            throw new Refusal("home " + folder + " cannot be used: " + Refusal.why(e)
                    + "; give a folder that " + System.getProperty("user.name") + " may read and write with --home DIR", e);
        }
    }

    Path folder() {
        return folder;
    }

    Path folder(String name) {
        return folder.resolve(name);
    }

    /** The requests and answers of {@code catseye recover}. */
    RecoveryFiles recovery() {
        return new RecoveryFiles(folder);
    }

    /** Copies the default configuration files that are not there yet. A file that is there belongs to the person, and stays. */
    void seed(Path defaults) throws Refusal {
        if (!Files.isDirectory(defaults)) {
            return;
        }
        try (var files = Files.list(defaults)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path mine = folder("config").resolve(file.getFileName().toString());
                if (!Files.exists(mine)) {
                    // In one step, so that a start cut short leaves no half file that would count as the person's own.
                    Path half = Files.createTempFile(folder("config"), ".default", ".tmp");
                    Files.write(half, Files.readAllBytes(file));
                    Files.move(half, mine);
                }
            }
        } catch (IOException e) {
            throw new Refusal("home " + folder + " cannot be filled with the default configuration: " + Refusal.why(e), e);
        }
    }

    private static FileLock lock(Path folder) throws IOException, Refusal {
        // Private whatever the umask; one that is there from before is used as it is.
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        FileChannel channel = FileChannel.open(folder.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE), ownerOnly);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            String holder = Files.readString(folder.resolve("lock")).trim();
            channel.close();
            throw new Refusal("home " + folder + " is in use by another Catseye" + (holder.isEmpty() ? "" : " (process " + holder + ")")
                    + "; stop it, or give this one its own --home DIR");
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
        return lock;
    }

    boolean locked() {
        return lock.isValid();
    }
}
