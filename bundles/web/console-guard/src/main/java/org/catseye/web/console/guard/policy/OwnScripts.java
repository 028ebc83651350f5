package org.catseye.web.console.guard.policy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Replacements for console files that do not work under its policy, because they call {@code eval} or write {@code javascript:}
 * URLs into the page.
 */
final class OwnScripts {

    /** Our replacement files by path below the console. */
    private static final Map<String, String> REPLACED = Map.of(
            "/res/lib/jquery.tablesorter-2.0.3.js", "table-sort.js",
            "/res/lib/jquery.multifile-1.4.6.js", "several-files.js",
            "/res/ui/vmstat.js", "system-information.js",
            "/res/ui/license.js", "licences.js");

    /** The attribute handlers of the system information page, which our replacement file takes over. */
    private static final Pattern HANDLER = Pattern.compile(" onclick=\"(?:return confirm\\('[^'\"<>]{0,200}'\\);?|abort\\('[^'\"<>]{0,200}'\\))\"");

    private OwnScripts() {
    }

    /** Removes the handlers that the console has in attributes, where they would not run. */
    static String withoutHandlers(String html) {
        return HANDLER.matcher(html).replaceAll("");
    }

    /**
     * @param path the path below the console
     * @return our replacement; empty if the console's own file works
     */
    static Optional<byte[]> of(String path) throws IOException {
        String name = REPLACED.get(path);
        if (name == null) {
            return Optional.empty();
        }
        try (InputStream in = OwnScripts.class.getResourceAsStream(name)) {
            return Optional.of(in.readAllBytes());
        }
    }
}
