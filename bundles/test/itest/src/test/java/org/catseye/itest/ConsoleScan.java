package org.catseye.itest;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks pages of the web console with an attacker's text in each place that a request has, and looks at what comes back. */
final class ConsoleScan {

    private static final String MARKER = "zq7";

    /** Ways out of an attribute, a text, a script, an address, a header and the console's own templates. */
    static final List<String> PAYLOADS = List.of(
            "zq7'><zq7 onclick=zq7()>", "zq7\"><zq7 onclick=zq7()>", "zq7<script>zq7()</script>", "zq7</script><zq7 onclick=zq7()>", "javascript:zq7()", "zq7' onmouseover='zq7()",
            "zq7\" onmouseover=\"zq7()", "zq7\r\nX-Zq7: 1\r\n\r\n<zq7 onclick=zq7()>", "zq7';zq7();'", "zq7\";zq7();\"", "zq7\\", "${brand.name}zq7${zq7<zq7>}", "zq7\u2028zq7()", "</textarea></title></style><zq7>");
    /** All of them in one. */
    static final String STORED = "zq7'\"><zq7 onclick=zq7()></script><script>zq7()</script><img src=x onerror=zq7()>' onclick='zq7() \" onclick=\"zq7() ${__data__}${pluginRoot}\\";

    /** Parameters that the console's servlets read, whether a page names them or not. */
    private static final Set<String> PARAMETERS = Set.of("action", "filter", "pid", "factoryPid", "pidFilter", "referer", "create", "apply", "delete", "unbind", "propertylist", "post", "traces", "minLevel", "command", "threshold",
            "interval", "X-Request-Method", "shutdown_timer", "uploadid", "bundlestart", "bundlestartlevel", "refreshPackages", "parallelVersion", "plugin.find", "topic", "$location", "name", "tags", "locale");
    private static final Pattern FIELD = Pattern.compile("\\bname=[\"']([\\w.$-]+)[\"']|[?&]([\\w.-]+)=");
    private static final Set<String> KEPT = Set.of("text/javascript", "text/css", "application/javascript", "application/x-javascript", "image/gif", "image/png", "image/x-icon");

    private final Client owner;
    private final List<String> faults = new ArrayList<>();
    private int requests;
    private int shown;

    ConsoleScan(Client owner) {
        this.owner = owner;
    }

    List<String> faults() {
        return faults;
    }

    int requests() {
        return requests;
    }

    /** How many answers had an attacker's text in them. */
    int shown() {
        return shown;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks for one page with each text in its path, its query and its form. */
    void reflected(String label) throws Exception {
        // The pages of the inventory are one servlet, and slow.
        boolean status = label.startsWith("status-");
        Set<String> parameters = status ? PARAMETERS : parameters(label);
        for (String payload : status ? List.of(STORED) : PAYLOADS) {
            look("GET", label + "/" + encoded(inPath(payload)), "");
            look("GET", label + "?" + all(parameters, payload), "");
        }
        for (String suffix : List.of("/0/", "/x/y.", ".")) {
            look("GET", label + suffix + encoded(inPath(STORED)), "");
        }
        look("GET", label + "/" + encoded(inPath(STORED)) + ".json", "");
        look("POST", label + "/" + encoded(inPath(STORED)), harmless(label));
        for (String parameter : status ? Set.<String>of() : parameters) {
            look("GET", label + "?" + encoded(parameter) + "=" + encoded(STORED), "");
            look("POST", label, harmless(label) + "&" + encoded(parameter) + "=" + encoded(STORED));
        }
    }

    /** Without the characters for which the web server refuses a path before the console sees it. */
    private static String inPath(String payload) {
        return payload.replaceAll("[/\\\\\r\n]", "");
    }

    /** Keeps the system information from stopping the framework: it then only shows that it would. */
    private static String harmless(String label) {
        return label.equals("vmstat") ? "shutdown_timer=1" : "zq7=zq7";
    }

    private Set<String> parameters(String label) throws Exception {
        Set<String> found = new LinkedHashSet<>(PARAMETERS);
        Matcher field = FIELD.matcher(owner.send("GET", "/system/console/" + label, "").body());
        while (field.find()) {
            found.add(field.group(1) == null ? field.group(2) : field.group(1));
        }
        return found;
    }

    private static String all(Set<String> parameters, String payload) {
        return String.join("&", parameters.stream().map(name -> encoded(name) + "=" + encoded(payload)).toList());
    }

    /** Asks, and notes what is wrong with the answer. */
    void look(String method, String path, String form) throws Exception {
        requests++;
        HttpResponse<String> answer;
        try {
            answer = method.equals("POST") ? owner.form("/system/console/" + path, form) : owner.page("/system/console/" + path);
        } catch (IOException e) {
            note(false, method + " " + path + (form.isEmpty() ? "" : " with " + form) + ": is torn off: " + e);
            return;
        }
        String what = method + " " + path + (form.isEmpty() ? "" : " with " + form) + ": " + answer.statusCode() + " ";
        Map<String, String> headers = new LinkedHashMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        String type = headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        String policy = headers.getOrDefault("content-security-policy", "");
        note(headers.keySet().stream().noneMatch(name -> name.contains(MARKER)), what + "splits the headers");
        if (answer.statusCode() == 400 && type.isEmpty() && answer.body().isEmpty()) {
            // The web server by itself: this never got to the console, and there is nothing in it.
            return;
        }
        note(isStrict(policy), what + "has the policy " + policy);
        note(headers.getOrDefault("cache-control", "").contains("no-store") || KEPT.contains(type.split(";")[0].strip()), what + "may be stored: " + headers.get("cache-control"));
        note("nosniff".equals(headers.get("x-content-type-options")) && (answer.body().isEmpty() || !type.isEmpty()), what + "leaves its type open");
        shown += answer.body().contains(MARKER) ? 1 : 0;
        if (type.startsWith("text/html") || type.contains("xml")) {
            lookAt(new Markup(answer.body()), what, policy);
        }
    }

    private void lookAt(Markup page, String what, String policy) {
        List<String> escapes = page.escapes(MARKER);
        note(escapes.isEmpty(), what + "has a text out of its place: " + escapes);
        for (String script : page.scriptsWith(MARKER)) {
            note(!policy.contains(hash(script)), what + "lets a script run that has a text out of its place: " + script);
        }
    }

    private void note(boolean good, String fault) {
        if (!good) {
            faults.add(fault.length() > 600 ? fault.substring(0, 600) + "..." : fault);
        }
    }

    private static boolean isStrict(String policy) {
        Map<String, String> directives = new LinkedHashMap<>();
        for (String directive : policy.split(";")) {
            String[] part = directive.strip().split(" ", 2);
            directives.putIfAbsent(part[0], part.length < 2 ? "" : part[1]);
        }
        // What isn't listed goes by default-src; the web server's own error pages have no more than that.
        String otherwise = directives.getOrDefault("default-src", "");
        return directives.getOrDefault("script-src", otherwise).matches("'none'|'self'( 'sha256-[\\w+/=]{44}')*")
                && "'none'".equals(directives.getOrDefault("object-src", otherwise)) && "'none'".equals(directives.get("base-uri"))
                && directives.getOrDefault("form-action", "").matches("'self'|'none'") && "'none'".equals(directives.get("frame-ancestors"));
    }
}
