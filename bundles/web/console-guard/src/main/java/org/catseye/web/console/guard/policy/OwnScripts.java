package org.catseye.web.console.guard.policy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Scripts of ours in place of files of the console that cannot work under its policy: they call {@code eval}, or write {@code javascript:} addresses
 * into the page.
 */
final class OwnScripts {

    /** Path below the console to the file of ours. */
    private static final Map<String, String> REPLACED = Map.of(
            "/res/lib/jquery.tablesorter-2.0.3.js", "table-sort.js",
            "/res/lib/jquery.multifile-1.4.6.js", "several-files.js",
            "/res/ui/vmstat.js", "system-information.js",
            "/res/ui/license.js", "licences.js");

    /** Of the page with the system information; the file of ours does what they did. */
    private static final Pattern HANDLER = Pattern.compile(" onclick=\"(?:return confirm\\('[^'\"<>]{0,200}'\\);?|abort\\('[^'\"<>]{0,200}'\\))\"");

    private OwnScripts() {
    }

    /** A page without the handlers that the console has in attributes, where they would not run. */
    static String withoutHandlers(String html) {
        return HANDLER.matcher(html).replaceAll("");
    }

    /** @param path below the console; empty if the console's own file is good */
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
