package org.catseye.core.config.form;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A short text that changes with each change of a configuration's values. */
final class StoredVersion {

    private static final int BYTES = 12;

    private StoredVersion() {
    }

    /** @param values with references in the place of secrets, so that the version says nothing about them */
    static String compute(Map<String, Object> values) {
        StringBuilder all = new StringBuilder();
        new TreeMap<>(values).forEach((key, value) -> {
            List<String> texts = FormReader.readTexts(value);
            appendText(all, key);
            all.append(texts.size()).append('\0');
            texts.forEach(text -> appendText(all, text));
        });
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** With its length, so that no text can contain the end of another one. */
    private static void appendText(StringBuilder all, String text) {
        all.append(text.length()).append(':').append(text);
    }
}
