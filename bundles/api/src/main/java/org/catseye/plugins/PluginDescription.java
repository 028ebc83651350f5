package org.catseye.plugins;

import java.util.List;
import java.util.Optional;

/**
 * What the manifest of a plug-in says about it. Nobody has checked that it is true.
 *
 * @param id the symbolic name; the file name if the file has none
 * @param name for users; the id if the manifest has none
 * @param maker empty if the manifest names none
 * @param description empty if the manifest has none
 * @param permissions what the plug-in uses, from the header {@code Catseye-Permissions}; empty if the manifest declares nothing. Java enforces
 *     none of it: a plug-in can do everything that Catseye can do
 */
public record PluginDescription(String id, String name, String version, String maker, String description, Optional<List<String>> permissions,
        Signature signature) {

    /** The header with the declared permissions, as words separated by commas. */
    public static final String PERMISSIONS_HEADER = "Catseye-Permissions";

    public PluginDescription {
        permissions = permissions.map(List::copyOf);
    }

    /** This description with another signature. */
    public PluginDescription withSignature(Signature other) {
        return new PluginDescription(id, name, version, maker, description, permissions, other);
    }

    /**
     * The name in a certificate, and the certificate's fingerprint.
     *
     * @param name without control characters, at most 200 characters; empty if there is no certificate
     * @param fingerprint SHA-256 of the certificate, 64 hexadecimal digits; empty if there is no certificate
     */
    public record Identity(String name, String fingerprint) {

        public static final Identity NONE = new Identity("", "");
    }

    /**
     * The signature of the jar, and whether its signer is trusted.
     *
     * @param signer of the whole jar; {@link Identity#NONE} unless the kind is TRUSTED or UNKNOWN
     * @param maker the trusted maker whose certificate the signer has, or who issued the signer's; {@link Identity#NONE} unless trusted
     * @param certificate the signer's certificate as PEM if adding it to the trusted makers makes the jar trusted; empty otherwise
     * @param reason why the signature is not trusted, as a sentence; empty if it is, and for a jar without signature files
     */
    public record Signature(Kind kind, Identity signer, Identity maker, String certificate, String reason) {

        public static final Signature NONE = without(Kind.UNSIGNED, "");

        /** A signature without a signer. */
        public static Signature without(Kind kind, String reason) {
            return new Signature(kind, Identity.NONE, Identity.NONE, "", reason);
        }

        /** What the signature proves. */
        public enum Kind {
            /** A trusted maker has signed the whole jar. */
            TRUSTED,
            /** The whole jar is signed, but not by a trusted maker. */
            UNKNOWN,
            /** It has no signature that Java accepts. */
            UNSIGNED,
            /** It was changed after it was signed, or only a part of it is signed. */
            DAMAGED
        }
    }
}
