package org.catseye.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The files through which {@code catseye recover} and the launcher talk, in {@code <home>/access}. The command leaves a request, which holds the hash of
 * the new password. The launcher puts everything aside that could keep people out and passes the hash on to the bundle of users; once a login is
 * possible it leaves the result. A recovery that a crash interrupts is finished by the next start.
 */
final class RecoveryFiles {
    private final Path request;
    private final Path password;
    private final Path underWay;
    private final Path result;

    RecoveryFiles(Path home) {
        Path access = home.resolve("access");
        request = access.resolve("recovery-request.json");
        password = access.resolve("recovery.json");
        underWay = access.resolve("recovery-aside.txt");
        result = access.resolve("recovery-result.txt");
    }

    boolean isRequested() {
        return Files.exists(request);
    }

    /** Whether the bundle of users has yet to take the new password. */
    boolean isPasswordPending() {
        return Files.exists(password);
    }

    /** Whether things were put aside and no login was possible since. */
    boolean isUnderWay() {
        return Files.exists(underWay);
    }

    /**
     * Passes the password on. The list is written first, so that nothing is forgotten if the power fails in between.
     *
     * @param aside one line for each thing that was put aside
     */
    void accept(List<String> aside) throws IOException {
        Files.deleteIfExists(result);
        Path half = Files.createTempFile(underWay.getParent(), ".recovery", ".tmp", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(half, aside, StandardCharsets.UTF_8);
        Files.move(half, underWay, StandardCopyOption.ATOMIC_MOVE);
        Files.move(request, password, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Tells the command that a login is possible. */
    void finish() throws IOException {
        Files.move(underWay, result, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What was put aside, once a login is possible; the result can be taken once. */
    Optional<List<String>> takeResult() throws IOException {
        if (!Files.exists(result)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(result, StandardCharsets.UTF_8);
        Files.delete(result);
        return Optional.of(lines);
    }
}
