package org.catseye.core.identity;

/**
 * A subject alternative name of a certificate.
 *
 * @param text a host name, or an IP address
 * @param address whether it is an IP address
 */
record AlternativeName(String text, boolean address) implements Comparable<AlternativeName> {
    @Override
    public int compareTo(AlternativeName other) {
        return text.compareTo(other.text);
    }
}
