package org.catseye.core.deploy.manifest;

import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import org.catseye.core.deploy.jar.PackageNames;
import org.catseye.plugins.PluginDescription;
import org.catseye.plugins.PluginDescription.Signature;
import org.osgi.framework.Constants;

/** The headers of a manifest that are for people. */
public final class PluginHeaders {

    private static final int MAX_CHARS = 500;
    private static final int MAX_PERMISSIONS = 50;

    private PluginHeaders() {
    }

    /** The description without a signature. @param id the symbolic name, or the file name if there is none */
    public static PluginDescription describe(String id, Attributes headers) {
        String name = readText(headers, Constants.BUNDLE_NAME);
        String version = readText(headers, Constants.BUNDLE_VERSION);
        return new PluginDescription(id, name.isEmpty() ? id : name, version.isEmpty() ? "0.0.0" : version, readText(headers, Constants.BUNDLE_VENDOR),
                readText(headers, Constants.BUNDLE_DESCRIPTION), readPermissions(headers), Signature.NONE);
    }

    /** A key of a translation, such as {@code %name}, counts as missing. */
    private static String readText(Attributes headers, String header) {
        String text = Optional.ofNullable(headers.getValue(header)).orElse("").replaceAll("\\p{Cntrl}+", " ").strip();
        return text.startsWith("%") ? "" : text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
    }

    private static Optional<List<String>> readPermissions(Attributes headers) {
        return Optional.ofNullable(headers.getValue(PluginDescription.PERMISSIONS_HEADER)).map(header -> PackageNames.splitClauses(header).stream()
                .map(permission -> permission.length() > MAX_CHARS ? permission.substring(0, MAX_CHARS) : permission).limit(MAX_PERMISSIONS).toList());
    }
}
