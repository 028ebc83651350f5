package org.catseye.web.ui;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;

/**
 * Puts the modules of plug-ins into the console page: an import map, by which they find the page's own modules under
 * {@code catseye/}, and a script tag for each.
 */
final class ConsolePage {

    static final String PLACE = "<!-- catseye:importmap -->";
    static final String IMPORT_MAP = "{\"imports\":{\"catseye/\":\"/ui/\"}}";

    /** Import maps have to stand in the page, so the policy must know this one by its hash. */
    private static final String SOURCES = "script-src 'self' 'sha256-"
            + Base64.getEncoder().encodeToString(Asset.sha256(IMPORT_MAP.getBytes(StandardCharsets.UTF_8))) + "'";

    private ConsolePage() {
    }

    static Asset with(Asset template, Collection<String> modules) {
        StringBuilder scripts = new StringBuilder("<script type=\"importmap\">" + IMPORT_MAP + "</script>");
        modules.forEach(module -> scripts.append("\n  <script type=\"module\" src=\"").append(module).append("\"></script>"));
        String page = new String(template.content(), StandardCharsets.UTF_8).replace(PLACE, scripts);
        return Asset.of("index.html", page.getBytes(StandardCharsets.UTF_8));
    }

    /** The gate's content security policy, which knows no inline scripts, with this one added. */
    static String policy(String ofTheGate) {
        return ofTheGate.replace("script-src 'self'", SOURCES);
    }
}
