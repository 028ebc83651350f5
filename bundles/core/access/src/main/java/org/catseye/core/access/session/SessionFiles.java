package org.catseye.core.access.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.catseye.secrets.SecretFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a {@link SessionRegistry}: {@code sessions.json} for logins, which is written often, and {@code tokens.json} for API tokens. If one is
 * damaged, the other still applies. Not thread-safe.
 */
public final class SessionFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SessionFiles.class);

    private final SecretFile logins;
    private final SecretFile tokens;
    private byte[] storedTokens = {};

    /** @param folder where both files are */
    public SessionFiles(Path folder) {
        this.logins = new SecretFile(folder.resolve("sessions.json"));
        this.tokens = new SecretFile(folder.resolve("tokens.json"));
    }

    /** Reads both files. A damaged one is moved aside and counts as empty. Earlier versions kept API tokens in {@code sessions.json} too. */
    List<SessionRecord> readRecords() {
        List<SessionRecord> all = new ArrayList<>(readFile(logins, "All users must log in again"));
        all.addAll(readFile(tokens, "API tokens must be created anew"));
        return all;
    }

    private static List<SessionRecord> readFile(SecretFile file, String consequence) {
        try {
            Optional<byte[]> content = file.read();
            return content.isPresent() ? SessionFile.parseContent(content.get()) : List.of();
        } catch (IOException e) {
            LOG.warn("{}: {}. {}, unless you restore a good copy.", file.path(), SecretFile.why(e), consequence);
            moveAside(file.path());
            return List.of();
        }
    }

    private static void moveAside(Path file) {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("The damaged file is now {}", aside);
        } catch (IOException e) {
            LOG.debug("{} stays", file, e);
        }
    }

    /** Replaces what has changed. When this method returns, it is on disk. */
    void writeRecords(List<SessionRecord> all) throws IOException {
        byte[] content = SessionFile.toContent(all.stream().filter(record -> record.token().isPresent()).toList());
        if (!Arrays.equals(content, storedTokens)) {
            tokens.write(content);
            storedTokens = content;
        }
        logins.write(SessionFile.toContent(all.stream().filter(record -> record.token().isEmpty()).toList()));
    }

    @Override
    public String toString() {
        return logins.path().toString();
    }
}
