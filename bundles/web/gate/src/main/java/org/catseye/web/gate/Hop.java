package org.catseye.web.gate;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one proxy says of who asked it. What it does not say, or says in a form that nobody understands, is empty.
 *
 * @param scheme {@code http} or {@code https}
 * @param host as in a Host header
 */
record Hop(Optional<InetAddress> address, Optional<String> scheme, Optional<String> host) {

    static final Hop UNREADABLE = new Hop(Optional.empty(), Optional.empty(), Optional.empty());

    /** More hops than any sane chain has: the rest is a stranger's writing. */
    private static final int MOST = 32;
    /** RFC 7239 section 4: {@code token=token} or {@code token="quoted"}. */
    private static final Pattern PAIR = Pattern.compile("\\s*([A-Za-z]{1,16})=(?:([!#$%&'*+.^_`|~0-9A-Za-z:\\[\\]-]{1,300})|\"([^\"\\\\]{0,300}+(?:\\\\.[^\"\\\\]{0,300}+){0,16}+)\")\\s*");

    /** From {@code X-Forwarded-For}, the nearest hop last. The other X-Forwarded headers have no hops; they are not looked at here. */
    static List<Hop> ofList(List<String> headers) {
        List<Hop> hops = new ArrayList<>();
        for (String part : last(String.join(",", headers).split(",", -1))) {
            hops.add(new Hop(address(part.strip()), Optional.empty(), Optional.empty()));
        }
        return hops;
    }

    /**
     * From {@code Forwarded} (RFC 7239), the nearest hop last. A stranger may open a quote that swallows what the proxies append after it: where
     * the nearest hop cannot be read, each comma parts, quotes or not.
     */
    static List<Hop> ofForwarded(List<String> headers) {
        String all = String.join(",", headers);
        List<Hop> hops = elements(split(all, ',').toArray(String[]::new));
        return hops.get(hops.size() - 1).equals(UNREADABLE) ? elements(all.split(",", -1)) : hops;
    }

    private static List<Hop> elements(String[] parts) {
        return last(parts).stream().map(Hop::element).toList();
    }

    private static List<String> last(String[] parts) {
        List<String> all = List.of(parts);
        return all.subList(Math.max(0, all.size() - MOST), all.size());
    }

    private static Hop element(String text) {
        Optional<InetAddress> address = Optional.empty();
        Optional<String> scheme = Optional.empty();
        Optional<String> host = Optional.empty();
        for (String pair : split(text, ';')) {
            Matcher form = PAIR.matcher(pair);
            if (!form.matches()) {
                return UNREADABLE;
            }
            String value = form.group(2) != null ? form.group(2) : form.group(3).replaceAll("\\\\(.)", "$1");
            switch (form.group(1).toLowerCase(Locale.ROOT)) {
                case "for" -> address = address(value);
                case "proto" -> scheme = scheme(value);
                case "host" -> host = Optional.of(value);
                default -> { }
            }
        }
        return new Hop(address, scheme, host);
    }

    /** At a separator that is not in quotes. A quote that is never closed goes to the end. */
    private static List<String> split(String text, char separator) {
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

    static Optional<String> scheme(String text) {
        String scheme = text.strip().toLowerCase(Locale.ROOT);
        return scheme.equals("http") || scheme.equals("https") ? Optional.of(scheme) : Optional.empty();
    }

    /** With or without a port, IPv6 with or without brackets. */
    private static Optional<InetAddress> address(String text) {
        String plain = text;
        if (text.startsWith("[")) {
            Matcher brackets = Pattern.compile("\\[([^\\]]*)](?::[0-9]{1,5})?").matcher(text);
            plain = brackets.matches() ? brackets.group(1) : "";
        } else if (text.indexOf(':') > 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            plain = text.matches("[^:]*:[0-9]{1,5}") ? text.substring(0, text.indexOf(':')) : "";
        }
        return Network.literal(plain);
    }
}
