package org.catseye.web.control.layout;

import java.util.List;

/**
 * A layout in the list.
 *
 * @param id as in xkeyboard-config, layout and variant: {@code de}, {@code de-nodeadkeys}; with {@code -windows} if Windows differs
 * @param windows whether it is the layout of Windows, where that differs from the layout of other systems
 * @param languages ISO 639 codes of three letters
 */
public record LayoutName(String id, boolean windows, List<String> languages, String english, String german) {

    public LayoutName {
        languages = List.copyOf(languages);
    }
}
