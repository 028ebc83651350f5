package org.catseye.launcher.recovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.catseye.files.DurableFile;

/**
 * The files in {@code <home>/access} by which {@code catseye recover} and the launcher communicate. The command leaves a request with the hash of
 * the new password. The launcher moves everything aside that could lock users out, and passes the hash on to the bundle of users. When a login is
 * possible, it leaves the result. If a crash interrupts a recovery, the next start completes it.
 */
public final class RecoveryFiles {
    private final Path request;
    private final Path password;
    private final Path underWay;
    private final Path result;

    public RecoveryFiles(Path home) {
        Path access = home.resolve("access");
        request = access.resolve("recovery-request.json");
        password = access.resolve("recovery.json");
        underWay = access.resolve("recovery-aside.txt");
        result = access.resolve("recovery-result.txt");
    }

    public boolean isRequested() {
        return Files.exists(request);
    }

    /** Whether the bundle of users has not read the new password yet. */
    public boolean isPasswordPending() {
        return Files.exists(password);
    }

    /** Whether files were moved aside and no login was possible since. */
    public boolean isUnderWay() {
        return Files.exists(underWay);
    }

    /**
     * Passes the password on. The list is on the disk before that, so a power cut in between loses nothing.
     *
     * @param movedItems one line for each item that was moved aside
     */
    public void acceptRequest(List<String> movedItems) throws IOException {
        Files.deleteIfExists(result);
        String list = movedItems.isEmpty() ? "" : String.join("\n", movedItems) + "\n";
        DurableFile.forOwnerOnly(underWay).replaceContent(list.getBytes(StandardCharsets.UTF_8));
        Files.move(request, password, StandardCopyOption.ATOMIC_MOVE);
        DurableFile.syncFolder(password.getParent());
    }

    /** Reports to the command that a login is possible. */
    public void publishResult() throws IOException {
        Files.move(underWay, result, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The items that were moved aside, once a login is possible. The result can be taken once. */
    public Optional<List<String>> takeResult() throws IOException {
        if (!Files.exists(result)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(result, StandardCharsets.UTF_8);
        Files.delete(result);
        return Optional.of(lines);
    }
}
