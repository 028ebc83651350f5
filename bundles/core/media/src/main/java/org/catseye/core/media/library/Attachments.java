package org.catseye.core.media.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.osgi.service.component.annotations.Component;

/**
 * Which files are in drives. The library asks before it renames or deletes one, and the hubs before they attach one. Thread-safe. A file that
 * is attached for writing is in one drive only, or two computers would write over each other's file system.
 */
@Component(service = Attachments.class)
public final class Attachments {

    /** Where a file is in use: a drive of a target or, with an empty target, a part of Catseye. */
    public record Place(String target, String drive) {
        @Override
        public String toString() {
            return target.isEmpty() ? drive : "the drive \"" + drive + "\" of " + target;
        }
    }

    /** @param file its {@link #toRealFile real path} */
    private record Use(Path file, boolean readOnly) {
    }

    /** Guarded by itself, but never while a path is looked up: a network share whose server is down blocks that. */
    private final Map<Place, Use> uses = new HashMap<>();

    /**
     * Checks whether a drive may have a file, without changing anything. Reads the disk.
     *
     * @throws MediaException IN_USE as in {@link #claimFile}
     */
    public void requireFree(Place place, Path file, boolean readOnly) throws MediaException {
        Use wanted = new Use(toRealFile(file), readOnly);
        synchronized (uses) {
            requireFree(place, wanted);
        }
    }

    private void requireFree(Place place, Use wanted) throws MediaException {
        for (Map.Entry<Place, Use> each : uses.entrySet()) {
            Use use = each.getValue();
            boolean shared = !each.getKey().equals(place) && use.file().equals(wanted.file());
            if (shared && !(wanted.readOnly() && use.readOnly())) {
                throw new MediaException(Reason.IN_USE, "The image is in use by " + each.getKey() + ", and "
                        + (use.readOnly() ? "what is to be written to must not be in use. Eject it there, or attach it read-only."
                        : "is written to there. Eject it first."));
            }
        }
    }

    /**
     * Claims a file for a drive. What the drive had before is no longer claimed. Reads the disk.
     *
     * @throws MediaException IN_USE if this drive or another one would write to a file that is in two drives
     */
    public void claimFile(Place place, Path file, boolean readOnly) throws MediaException {
        Use wanted = new Use(toRealFile(file), readOnly);
        synchronized (uses) {
            requireFree(place, wanted);
            uses.put(place, wanted);
        }
    }

    /** A drive has this file already, whatever other drives have. Reads the disk. */
    public void recordFile(Place place, Path file, boolean readOnly) {
        Use present = new Use(toRealFile(file), readOnly);
        synchronized (uses) {
            uses.put(place, present);
        }
    }

    /** The drive no longer has a file. */
    public void releaseFile(Place place) {
        synchronized (uses) {
            uses.remove(place);
        }
    }

    /** A drive that has this file; empty if none has. Reads the disk. */
    public Optional<Place> findPlace(Path file) {
        Path real = toRealFile(file);
        synchronized (uses) {
            return findUser(real);
        }
    }

    private Optional<Place> findUser(Path real) {
        return uses.entrySet().stream().filter(each -> each.getValue().file().equals(real)).map(Map.Entry::getKey).findFirst();
    }

    /** A change of a file that is not attached. */
    @FunctionalInterface
    public interface Change<T> {
        T run() throws MediaException;
    }

    /**
     * Renames or deletes a file of the library's own folder while nobody can attach it.
     *
     * @throws MediaException IN_USE if it is attached, or what the change throws
     */
    public <T> T changeFile(Path file, Change<T> change) throws MediaException {
        Path real = toRealFile(file);
        synchronized (uses) {
            Optional<Place> place = findUser(real);
            if (place.isPresent()) {
                throw new MediaException(Reason.IN_USE, "The image is in use by " + place.get() + ". Eject it first.");
            }
            return change.run();
        }
    }

    /** The path without symbolic links on the way, as the kernel names a file that it has open; the path itself if there is no such file. */
    public static Path toRealFile(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }
}
