package org.catseye.core.deploy.signature;

import java.io.IOException;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.List;

/**
 * Who has signed a jar. Whether they are trusted is decided by {@link SignatureTrust}.
 *
 * @param signers those who have signed every file of the jar; empty unless the kind is SIGNED
 * @param reason why the signature does not count, without a capital letter and a full stop; empty if it does, and without signature files
 */
public record JarSignature(Kind kind, List<CodeSigner> signers, String reason) {

    public static final JarSignature NONE = new JarSignature(Kind.UNSIGNED, List.of(), "");

    /** What the signature covers. */
    public enum Kind {
        /** Nothing, or Java does not accept the signature because its algorithms are too weak. */
        UNSIGNED,
        /** The whole jar. */
        SIGNED,
        /** Only a part of the jar, or another content than it has. */
        DAMAGED
    }

    public JarSignature {
        signers = List.copyOf(signers);
    }

    static JarSignature damaged(String reason) {
        return new JarSignature(Kind.DAMAGED, List.of(), reason);
    }

    /**
     * Reads a jar that passed the checks of {@link org.catseye.core.deploy.jar.JarContent#readFile}. A jar without signature files is not read to
     * the end.
     *
     * @throws IOException if the file cannot be read
     */
    public static JarSignature readFile(Path jar) throws IOException {
        return new SignatureReader(jar).readSignature();
    }

    public boolean isDamaged() {
        return kind == Kind.DAMAGED;
    }
}
