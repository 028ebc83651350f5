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

    /**
     * The signature of the jar. Whether the signer is trusted is not examined.
     *
     * @param signer the subject of the signer's certificate; empty unless the jar is signed
     */
    public record Signature(Kind kind, String signer) {

        public static final Signature NONE = new Signature(Kind.NONE, "");

        /** Whether the whole content is signed by one signer. */
        public enum Kind { NONE, SIGNED, BROKEN }
    }
}
