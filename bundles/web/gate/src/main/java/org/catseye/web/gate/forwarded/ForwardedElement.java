package org.catseye.web.gate.forwarded;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one proxy reports about the request that it received. A part that is missing or unreadable is empty.
 *
 * @param scheme {@code http} or {@code https}
 * @param host as in a Host header
 */
record ForwardedElement(Optional<InetAddress> address, Optional<String> scheme, Optional<String> host) {

    static final ForwardedElement UNREADABLE = new ForwardedElement(Optional.empty(), Optional.empty(), Optional.empty());

    /** More proxies than a real chain has. Elements before these come from an unknown client. */
    private static final int MAX_ELEMENTS = 32;
    /** RFC 7239 section 4: {@code token=token} or {@code token="quoted"}. */
    private static final Pattern PAIR = Pattern.compile("\\s*([A-Za-z]{1,16})=(?:([!#$%&'*+.^_`|~0-9A-Za-z:\\[\\]-]{1,300})"
            + "|\"([^\"\\\\]{0,300}+(?:\\\\.[^\"\\\\]{0,300}+){0,16}+)\")\\s*");
    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]]*)](?::[0-9]{1,5})?");

    /** The elements of {@code X-Forwarded-For}, the nearest proxy last. They hold addresses only. */
    static List<ForwardedElement> parseXForwardedFor(List<String> headers) {
        List<ForwardedElement> elements = new ArrayList<>();
        for (String part : keepLast(String.join(",", headers).split(",", -1))) {
            elements.add(new ForwardedElement(parseNode(part.strip()), Optional.empty(), Optional.empty()));
        }
        return elements;
    }

    /**
     * The elements of {@code Forwarded} (RFC 7239), the nearest proxy last. A client may send an opening quote that swallows what the proxies append.
     * So where the nearest element is unreadable, every comma separates, quotes or not.
     */
    static List<ForwardedElement> parseForwarded(List<String> headers) {
        String all = String.join(",", headers);
        List<ForwardedElement> elements = parseElements(splitOutsideQuotes(all, ',').toArray(String[]::new));
        return elements.get(elements.size() - 1).equals(UNREADABLE) ? parseElements(all.split(",", -1)) : elements;
    }

    private static List<ForwardedElement> parseElements(String[] parts) {
        return keepLast(parts).stream().map(ForwardedElement::parseElement).toList();
    }

    private static List<String> keepLast(String[] parts) {
        List<String> all = List.of(parts);
        return all.subList(Math.max(0, all.size() - MAX_ELEMENTS), all.size());
    }

    private static ForwardedElement parseElement(String text) {
        Optional<InetAddress> address = Optional.empty();
        Optional<String> scheme = Optional.empty();
        Optional<String> host = Optional.empty();
        for (String pair : splitOutsideQuotes(text, ';')) {
            Matcher form = PAIR.matcher(pair);
            if (!form.matches()) {
                return UNREADABLE;
            }
            String value = form.group(2) != null ? form.group(2) : form.group(3).replaceAll("\\\\(.)", "$1");
            switch (form.group(1).toLowerCase(Locale.ROOT)) {
                case "for" -> address = parseNode(value);
                case "proto" -> scheme = parseScheme(value);
                case "host" -> host = Optional.of(value);
                default -> { }
            }
        }
        return new ForwardedElement(address, scheme, host);
    }

    /** A quote that is never closed reaches to the end. */
    private static List<String> splitOutsideQuotes(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return Collections.unmodifiableList(parts);
    }

    static Optional<String> parseScheme(String text) {
        String scheme = text.strip().toLowerCase(Locale.ROOT);
        return scheme.equals("http") || scheme.equals("https") ? Optional.of(scheme) : Optional.empty();
    }

    /** An address with or without a port, IPv6 with or without brackets. */
    private static Optional<InetAddress> parseNode(String text) {
        String plain = text;
        if (text.startsWith("[")) {
            Matcher brackets = BRACKETS.matcher(text);
            plain = brackets.matches() ? brackets.group(1) : "";
        } else if (text.indexOf(':') > 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            plain = text.matches("[^:]*:[0-9]{1,5}") ? text.substring(0, text.indexOf(':')) : "";
        }
        return AddressRange.parseAddress(plain);
    }
}
