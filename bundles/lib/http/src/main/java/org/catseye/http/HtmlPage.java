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
     * @param title plain text
     * @param script path of an ES module; empty for none
     * @param body HTML
     */
    public static String renderPage(String title, String script, String body) {
        String module = script.isEmpty() ? "" : "<script type=\"module\" src=\"" + escapeText(script) + "\"></script>\n";
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="dark light">
                <link rel="icon" href="/ui/public/icon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/ui/public/theme.css">
                <title>%s – Catseye</title>
                %s</head>
                <body class="doorway">
                %s</body>
                </html>
                """.formatted(escapeText(title), module, body);
    }

    /**
     * A page with one card: the product's name, then the content.
     *
     * @param title plain text
     * @param script path of an ES module; empty for none
     * @param content HTML that ends with a line feed
     */
    public static String renderCard(String title, String script, String content) {
        return renderPage(title, script, """
                <main><div class="card">
                <div class="card-brand"><img class="logo" src="/ui/public/icon.svg" alt=""><span class="brand-name">Catseye</span></div>
                %s</div></main>
                """.formatted(content));
    }

    /** Plain text as HTML, also for the value of an attribute. */
    public static String escapeText(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
