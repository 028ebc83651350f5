package org.catseye.core.media.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catseye.core.media.library.Attachments;
import org.catseye.core.media.library.Attachments.Place;
import org.catseye.core.media.library.ImageFiles;
import org.catseye.media.DiskFile;
import org.catseye.media.FileDisks;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaLibrary;
import org.catseye.media.MediaUpload;
import org.catseye.process.ProgramRun;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Creates FAT disks with dosfstools, and reads and writes their files with mtools. Both run without root. Thread-safe. */
@Component
public final class FileDiskService implements FileDisks {

    private static final Pattern LABEL = Pattern.compile("[A-Z0-9 _-]{0,11}");
    private static final List<Path> PROGRAM_FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/bin"));
    private static final Duration LIST_LIMIT = Duration.ofSeconds(30);
    /** For gigabytes on a slow card. */
    private static final Duration COPY_LIMIT = Duration.ofMinutes(15);
    private static final int MAX_LISTING_BYTES = 1 << 20;
    /** What mdir says about an empty disk, as a failure. */
    private static final Pattern NOTHING_THERE = Pattern.compile("File \"::\" not found$");
    /** What stays free of the disk that a file is copied to. */
    private static final long RESERVE_BYTES = 64 << 20;
    private static final int SECTOR = 512;
    private static final int KIB = 1024;

    private final MediaLibrary library;
    private final ImageFiles images;
    private final Attachments attachments;
    /** So that two requests for one image are two users of it. */
    private final AtomicLong users = new AtomicLong();

    @Activate
    public FileDiskService(@Reference MediaLibrary library, @Reference ImageFiles images, @Reference Attachments attachments) {
        this.library = library;
        this.images = images;
        this.attachments = attachments;
    }

    @Override
    public MediaImage createDisk(String name, String label, long bytes, String user) throws MediaException, InterruptedException {
        if (!LABEL.matcher(label).matches() || !label.equals(label.strip())) {
            throw new MediaException(Reason.BAD_NAME, "The label of a disk has up to eleven characters: capital letters, digits, blanks, dashes and underscores.");
        }
        if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
            throw new MediaException(Reason.TOO_LARGE, "A disk has " + MIN_BYTES + " to " + MAX_BYTES + " bytes.");
        }
        long kibibytes = bytes / KIB;
        MediaUpload upload = library.startUpload(name, kibibytes * KIB, user);
        try {
            writeEmptyDisk(upload, label, kibibytes);
            return upload.finishUpload();
        } catch (MediaException | InterruptedException | RuntimeException e) {
            upload.discardUpload();
            throw e;
        }
    }

    /** All bytes are written, so that the library's disk cannot be full when the remote computer writes. */
    private static void writeEmptyDisk(MediaUpload upload, String label, long kibibytes) throws MediaException, InterruptedException {
        try {
            Path folder = Files.createTempDirectory("catseye-disk");
            Path draft = folder.resolve("disk");
            try {
                List<String> command = new ArrayList<>(List.of(findProgram("mkfs.fat"), "-C"));
                if (!label.isEmpty()) {
                    command.addAll(List.of("-n", label));
                }
                command.addAll(List.of(draft.toString(), Long.toString(kibibytes)));
                new ProgramRun(command).within(LIST_LIMIT).run(); // The draft is sparse.
                try (InputStream content = Files.newInputStream(draft)) {
                    upload.appendContent(0, content);
                }
            } finally {
                Files.deleteIfExists(draft);
                Files.delete(folder);
            }
        } catch (MediaException e) {
            throw e;
        } catch (IOException e) {
            throw new MediaException(Reason.FAILED, "The disk was not created: " + e.getMessage(), e);
        }
    }

    private static String findProgram(String name) throws MediaException {
        Optional<Path> program = PROGRAM_FOLDERS.stream().map(folder -> folder.resolve(name)).filter(Files::isExecutable).findFirst();
        return program.orElseThrow(() -> new MediaException(Reason.UNAVAILABLE,
                "The program " + name + " is missing on this device. As root: apt-get install mtools dosfstools")).toString();
    }

    @Override
    public List<DiskFile> listFiles(String image) throws MediaException, InterruptedException {
        return withImage(image, false, file -> listFiles(file));
    }

    private static List<DiskFile> listFiles(Path file) throws IOException, InterruptedException {
        try {
            return Listing.parseListing(mtools("mdir", file, "-/", "-a", "::").keeping(MAX_LISTING_BYTES).run());
        } catch (IOException e) {
            if (NOTHING_THERE.matcher(String.valueOf(e.getMessage())).find()) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public void writeFile(String image, String path, Path content) throws MediaException, InterruptedException {
        FatPath place = FatPath.parsePath(path);
        withImage(image, true, file -> {
            List<DiskFile> present = listFiles(file);
            for (FatPath parent : place.parents()) {
                if (find(present, parent).isEmpty()) {
                    mtools("mmd", file, parent.toMtools()).run();
                }
            }
            if (find(present, place).filter(DiskFile::folder).isPresent()) {
                throw new MediaException(Reason.EXISTS, "There is a folder with this name on the disk.");
            }
            return mtools("mcopy", file, "-o", content.toString(), place.toMtools()).within(COPY_LIMIT).run();
        });
    }

    /** FAT does not distinguish capital letters. */
    private static Optional<DiskFile> find(List<DiskFile> files, FatPath path) {
        String wanted = String.join("/", path.segments());
        return files.stream().filter(file -> file.path().equalsIgnoreCase(wanted)).findFirst();
    }

    @Override
    public void readFile(String image, String path, Path content) throws MediaException, InterruptedException {
        FatPath place = FatPath.parsePath(path);
        withImage(image, false, file -> {
            requireSpace(content, requireFile(file, place, false).bytes());
            return mtools("mcopy", file, "-o", place.toMtools(), content.toString()).within(COPY_LIMIT).run();
        });
    }

    private static void requireSpace(Path content, long bytes) throws IOException {
        if (bytes > MAX_FILE_BYTES) {
            throw new MediaException(Reason.TOO_LARGE, "The file has more than " + MAX_FILE_BYTES + " bytes. Download the whole image instead.");
        }
        if (Files.getFileStore(content).getUsableSpace() - RESERVE_BYTES < bytes) {
            throw new MediaException(Reason.NO_SPACE, "The device has no space for a copy of the file at the moment.");
        }
    }

    private static DiskFile requireFile(Path file, FatPath place, boolean orFolder) throws IOException, InterruptedException {
        return find(listFiles(file), place).filter(found -> orFolder || !found.folder())
                .orElseThrow(() -> new MediaException(Reason.NOT_FOUND, "There is no such file on the disk."));
    }

    @Override
    public void deleteFile(String image, String path) throws MediaException, InterruptedException {
        FatPath place = FatPath.parsePath(path);
        withImage(image, true, file -> {
            boolean folder = requireFile(file, place, true).folder();
            return mtools(folder ? "mdeltree" : "mdel", file, place.toMtools()).within(COPY_LIMIT).run();
        });
    }

    private static ProgramRun mtools(String program, Path image, String... arguments) throws MediaException {
        if (image.toString().contains(ImageFiles.OFFSET_MARK)) {
            // It would open another file than the one that was checked.
            throw new MediaException(Reason.UNSUPPORTED, "The files of an image with @@ in its path can't be used. Rename it.");
        }
        List<String> command = new ArrayList<>(List.of(findProgram(program), "-i", image.toString()));
        Stream.of(arguments).forEach(command::add);
        // No configuration of the system, and names in UTF-8.
        return new ProgramRun(command).withVariable("MTOOLSRC", "/dev/null").withVariable("LC_ALL", "C.UTF-8").within(LIST_LIMIT);
    }

    private interface Work<T> {
        T run(Path file) throws IOException, InterruptedException;
    }

    private <T> T withImage(String image, boolean change, Work<T> work) throws MediaException, InterruptedException {
        Path file = images.requireImage(image, change).file();
        Place place = new Place("", "a request for its files (" + users.incrementAndGet() + ")");
        attachments.claimFile(place, file, !change);
        try {
            requireFat(file);
            return work.run(file);
        } catch (MediaException e) {
            throw e;
        } catch (IOException e) {
            boolean full = String.valueOf(e.getMessage()).contains("full");
            throw new MediaException(full ? Reason.NO_SPACE : Reason.FAILED, full ? "The disk image is full." : "The disk could not be used: "
                    + String.valueOf(e.getMessage()).replace(file.toString(), "the image"), e);
        } finally {
            attachments.releaseFile(place);
        }
    }

    /** A boot sector of FAT says so at offset 54 (FAT12 and FAT16) or 82 (FAT32). */
    private static void requireFat(Path file) throws IOException {
        byte[] sector;
        try (InputStream content = Files.newInputStream(file)) {
            sector = content.readNBytes(SECTOR);
        }
        if (sector.length < SECTOR || !isFat(sector, 54) && !isFat(sector, 82)) {
            throw new MediaException(Reason.UNSUPPORTED, "This image has no FAT file system that fills it, so its files cannot be shown. Create a disk for files in the library.");
        }
    }

    private static boolean isFat(byte[] sector, int at) {
        return sector[at] == 'F' && sector[at + 1] == 'A' && sector[at + 2] == 'T';
    }
}
