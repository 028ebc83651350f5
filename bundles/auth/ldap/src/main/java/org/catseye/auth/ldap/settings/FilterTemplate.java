package org.catseye.auth.ldap.settings;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.List;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;

/** A search filter with placeholders for the user's name and DN. */
public record FilterTemplate(String text) {

    static final String USER = "{user}";
    static final String DN = "{dn}";

    /** @param placeholders the filter has to contain at least one of them */
    public static FilterTemplate parseTemplate(Options options, String key, String defaultValue, List<String> placeholders)
            throws BadValueException {
        FilterTemplate template = new FilterTemplate(options.readText(key, defaultValue));
        try {
            if (placeholders.stream().anyMatch(template.text::contains)) {
                Filter.create(template.formatFilter("x", "cn=x"));
                return template;
            }
        } catch (LDAPException e) {
            // The message below describes the allowed values.
        }
        throw options.badValue(key, template.text,
                "an LDAP filter that contains " + String.join(" or ", placeholders) + ", such as (uid={user})");
    }

    /** The filter for one user. Both values are escaped (RFC 4515), so that they are compared and never become a part of the filter. */
    public String formatFilter(String user, String dn) {
        // In one pass: a name that contains {dn} stays as it is.
        StringBuilder result = new StringBuilder();
        for (int at = 0; at < text.length();) {
            if (text.startsWith(USER, at)) {
                result.append(Filter.encodeValue(user));
                at += USER.length();
            } else if (text.startsWith(DN, at)) {
                result.append(Filter.encodeValue(dn));
                at += DN.length();
            } else {
                result.append(text.charAt(at++));
            }
        }
        return result.toString();
    }
}
