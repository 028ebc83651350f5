package org.catseye.launcher.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.catseye.files.DurableFile;
import org.catseye.launcher.refusal.StartRefusedException;

/** The folder that holds all state: created with mode 0700, and locked for this process as long as it lives. */
public final class HomeFolder {
    private static final List<String> SUBFOLDERS = List.of("cache", "config", "deploy", "log", "tmp");
    private static final String LOCK = "lock";
    private final Path folder;
    private final FileLock lock;

    private HomeFolder(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Creates missing folders and acquires the lock. The kernel releases the lock when the process ends, in whatever way. */
    public static HomeFolder openFolder(Path folder) throws StartRefusedException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new StartRefusedException("home " + folder + " is a file; --home needs a folder");
        }
        try {
            FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(folder, ownerOnly);
            for (String name : SUBFOLDERS) {
                Files.createDirectories(folder.resolve(name), ownerOnly);
            }
            return new HomeFolder(folder, acquireLock(folder));
        } catch (IOException | UnsupportedOperationException e) {
            throw new StartRefusedException("home " + folder + " cannot be used: " + StartRefusedException.describeCause(e)
                    + "; give a folder that " + System.getProperty("user.name") + " may read and write with --home DIR", e);
        }
    }

    public Path path() {
        return folder;
    }

    public Path subfolder(String name) {
        return folder.resolve(name);
    }

    /** Copies the default configuration files that do not exist yet. An existing file belongs to the user and stays. */
    public void copyDefaults(Path defaults) throws StartRefusedException {
        if (!Files.isDirectory(defaults)) {
            return;
        }
        try (var files = Files.list(defaults)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = subfolder("config").resolve(file.getFileName().toString());
                if (!Files.exists(copy)) {
                    // Whole or not at all: after a power cut, half a file would count as the user's own.
                    DurableFile.forOwnerOnly(copy).replaceContent(Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new StartRefusedException("home " + folder + " cannot be filled with the default configuration: " + StartRefusedException.describeCause(e), e);
        }
    }

    private static FileLock acquireLock(Path folder) throws IOException, StartRefusedException {
        // Private whatever the umask is; an existing file keeps its mode.
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel channel = FileChannel.open(folder.resolve(LOCK), options, ownerOnly);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            String holder = Files.readString(folder.resolve(LOCK)).trim();
            channel.close();
            throw new StartRefusedException("home " + folder + " is in use by another Catseye" + (holder.isEmpty() ? "" : " (process " + holder + ")")
                    + "; stop it, or give this one its own --home DIR");
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
        return lock;
    }

    public boolean isLocked() {
        return lock.isValid();
    }
}
