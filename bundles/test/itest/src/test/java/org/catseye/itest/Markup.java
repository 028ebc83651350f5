package org.catseye.itest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a browser makes of a page of HTML, as far as scripts go: its tags with their attributes, and the text of its inline scripts. */
final class Markup {

    /** An element of an attacker's, in the way a browser reads it. */
    record Tag(String name, Map<String, String> attributes) {
    }

    /** In these, tags are text. */
    private static final Set<String> RAW = Set.of("script", "style", "textarea", "title");
    private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "formaction", "data", "xlink:href");
    private static final Pattern STRINGS = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+'");

    private final String html;
    private final List<Tag> tags = new ArrayList<>();
    private final List<String> scripts = new ArrayList<>();
    private int at;

    Markup(String html) {
        this.html = html;
        while (at < html.length()) {
            readNext();
        }
    }

    /** Texts of the inline scripts. */
    List<String> scripts() {
        return scripts;
    }

    /**
     * Where an injected text got out of its place.
     *
     * @param marker in each injected text; as the name of an element it is one that the text opens
     */
    List<String> escapes(String marker) {
        List<String> found = new ArrayList<>();
        for (Tag tag : tags) {
            if (tag.name().startsWith(marker)) {
                found.add("<" + tag.name() + ">");
            }
            tag.attributes().forEach((name, value) -> {
                boolean handler = name.startsWith("on") && value.contains(marker);
                boolean address = ADDRESSES.contains(name) && value.strip().toLowerCase(Locale.ROOT).startsWith("javascript:") && value.contains(marker);
                if (handler || address || name.contains(marker)) {
                    found.add("<" + tag.name() + " " + name + "=" + value + ">");
                }
            });
        }
        return found;
    }

    /** Inline scripts in which the marker stands outside of strings: there it could be called. */
    List<String> scriptsWith(String marker) {
        return scripts.stream().filter(script -> STRINGS.matcher(script).replaceAll("").contains(marker)).toList();
    }

    private void readNext() {
        int open = html.indexOf('<', at);
        if (open < 0) {
            at = html.length();
        } else if (html.startsWith("<!--", open)) {
            at = after("-->", open + 4);
        } else if (open + 1 < html.length() && Character.isLetter(html.charAt(open + 1))) {
            at = open + 1;
            readTag();
        } else {
            at = open + 1;
        }
    }

    private void readTag() {
        String name = upTo(" \t\r\n\f/>").toLowerCase(Locale.ROOT);
        Map<String, String> attributes = new LinkedHashMap<>();
        for (skip(" \t\r\n\f/"); at < html.length() && html.charAt(at) != '>'; skip(" \t\r\n\f/")) {
            readAttribute(attributes);
        }
        at++;
        tags.add(new Tag(name, attributes));
        if (RAW.contains(name)) {
            int end = html.toLowerCase(Locale.ROOT).indexOf("</" + name, at);
            String text = html.substring(Math.min(at, html.length()), end < 0 ? html.length() : end);
            if (name.equals("script") && !attributes.containsKey("src")) {
                scripts.add(text);
            }
            at = end < 0 ? html.length() : end + 2;
        }
    }

    private void readAttribute(Map<String, String> attributes) {
        int start = at++;
        at = Math.min(start + 1, html.length());
        String name = (html.charAt(start) + upTo(" \t\r\n\f/>=")).toLowerCase(Locale.ROOT);
        int end = at;
        skip(" \t\r\n\f");
        if (at >= html.length() || html.charAt(at) != '=') {
            at = end;
            attributes.putIfAbsent(name, "");
            return;
        }
        at++;
        skip(" \t\r\n\f");
        char quote = at < html.length() ? html.charAt(at) : 0;
        if (quote == '"' || quote == '\'') {
            int from = at + 1;
            at = after(String.valueOf(quote), from);
            attributes.putIfAbsent(name, html.substring(from, Math.max(from, at - 1)));
        } else {
            attributes.putIfAbsent(name, upTo(" \t\r\n\f>"));
        }
    }

    private String upTo(String ends) {
        int from = at;
        while (at < html.length() && ends.indexOf(html.charAt(at)) < 0) {
            at++;
        }
        return html.substring(from, at);
    }

    private void skip(String these) {
        while (at < html.length() && these.indexOf(html.charAt(at)) >= 0) {
            at++;
        }
    }

    private int after(String text, int from) {
        int found = html.indexOf(text, from);
        return found < 0 ? html.length() : found + text.length();
    }
}
