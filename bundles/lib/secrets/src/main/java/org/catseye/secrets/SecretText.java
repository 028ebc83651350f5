package org.catseye.secrets;

/** A secret, such as a password. Everything that prints it prints dots; only {@link #reveal} returns it. Immutable. */
public final class SecretText {

    /** Stands for every secret, whatever its length. */
    static final String DOTS = "••••••••";

    private final String text;

    public SecretText(String text) {
        this.text = text;
    }

    /** The secret itself, for the one call that needs it. Never keep it, and never make it a part of a message. */
    public String reveal() {
        return text;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretText secret && Secrets.same(text, secret.text);
    }

    /** The same for all secrets, because a hash of a short secret reveals it. */
    @Override
    public int hashCode() {
        return DOTS.hashCode();
    }

    @Override
    public String toString() {
        return isEmpty() ? "" : DOTS;
    }
}
