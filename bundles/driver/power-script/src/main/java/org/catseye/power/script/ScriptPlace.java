package org.catseye.power.script;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The folders whose programs may run, and the check that nobody else can change a program. An administrator of the web console chooses
 * the program, and must not thereby be able to run any program of the device. Immutable.
 */
final class ScriptPlace {

    static final String SYSTEM_FOLDER = "/etc/catseye/scripts";
    private static final String HOME_FOLDER = "scripts";
    private static final String ROOT = "root";
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final List<Path> folders;

    /** @param folders full paths */
    ScriptPlace(List<Path> folders) {
        this.folders = folders.stream().map(Path::normalize).toList();
    }

    /** @param home the folder of Catseye; empty if it is unknown */
    static ScriptPlace ofHome(Optional<Path> home) {
        Path system = Path.of(SYSTEM_FOLDER);
        return new ScriptPlace(home.map(path -> List.of(path.toAbsolutePath().resolve(HOME_FOLDER), system)).orElse(List.of(system)));
    }

    String describeFolders() {
        return folders.stream().map(Path::toString).collect(Collectors.joining(" or "));
    }

    /** Whether the path is below an allowed folder. Reads nothing. @param path normalized */
    boolean isInAllowedFolder(Path path) {
        return folders.stream().anyMatch(folder -> path.startsWith(folder) && !path.equals(folder));
    }

    /**
     * The program without symbolic links, if it may run.
     *
     * @throws IOException if it may not, or does not exist; the message is for the user
     */
    Path requireSafeProgram(Path program) throws IOException {
        try {
            Path real = program.toRealPath();
            Path folder = findRealFolder(real).orElseThrow(() -> new IOException("The program " + program + " leads to " + real + ", which is not in "
                + describeFolders() + "."));
            if (!Files.isRegularFile(real) || !Files.isExecutable(real)) {
                throw new IOException("The program " + program + " is not an executable file; chmod 755 makes it one.");
            }
            for (Path each = real; each.startsWith(folder); each = each.getParent()) {
                requireSafeOwner(each);
            }
            return real;
        } catch (NoSuchFileException e) {
            throw new IOException("The program " + program + " does not exist.", e);
        } catch (FileSystemException e) {
            throw new IOException("The program " + program + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Optional<Path> findRealFolder(Path real) {
        return folders.stream().filter(Files::isDirectory).map(folder -> {
            try {
                return folder.toRealPath();
            } catch (IOException e) {
                return folder;
            }
        }).filter(folder -> real.startsWith(folder) && !real.equals(folder)).findFirst();
    }

    private static void requireSafeOwner(Path path) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        String owner = attributes.owner().getName();
        Set<String> allowed = new TreeSet<>(Set.of(ROOT));
        allowed.add(System.getProperty("user.name"));
        if (!allowed.contains(owner)) {
            throw new IOException(path + " belongs to " + owner + "; it has to belong to " + String.join(" or ", allowed) + ".");
        }
        if (attributes.permissions().stream().anyMatch(OF_OTHERS::contains)) {
            throw new IOException("Other users can change " + path + "; chmod go-w prevents it.");
        }
    }
}
