package org.catseye.http;

/**
 * Small pages that work without the console page and mostly without scripts. The texts are English; a script may show them in the user's
 * language.
 */
public final class HtmlPage {

    public static final String CONTENT_TYPE = "text/html; charset=utf-8";

    private HtmlPage() {
    }

    /**
     * A page around the given content.
     *
     * @param basePath of the request, see {@link org.catseye.web.WebContext#BASE_PATH}
     * @param title plain text
     * @param script path of an ES module, without the base path; empty for none
     * @param body HTML
     */
    public static String renderPage(String basePath, String title, String script, String body) {
        String module = script.isEmpty() ? "" : "<script type=\"module\" src=\"" + escapeText(basePath + script) + "\"></script>\n";
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="dark light">
                <link rel="icon" href="%1$s/ui/public/icon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="%1$s/ui/public/theme.css">
                <title>%2$s – Catseye</title>
                %3$s</head>
                <body class="doorway">
                %4$s</body>
                </html>
                """.formatted(escapeText(basePath), escapeText(title), module, body);
    }

    /**
     * A page with one card: the product's name, then the content.
     *
     * @param basePath of the request, see {@link org.catseye.web.WebContext#BASE_PATH}
     * @param title plain text
     * @param script path of an ES module, without the base path; empty for none
     * @param content HTML that ends with a line feed
     */
    public static String renderCard(String basePath, String title, String script, String content) {
        return renderPage(basePath, title, script, """
                <main><div class="card">
                <div class="card-brand"><img class="logo" src="%s/ui/public/icon.svg" alt=""><span class="brand-name">Catseye</span></div>
                %s</div></main>
                """.formatted(escapeText(basePath), content));
    }

    /** Plain text as HTML, also for the value of an attribute. */
    public static String escapeText(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
