package org.catseye.power.http.exchange;

import java.util.List;
import java.util.Map;

/**
 * What a device answered.
 *
 * @param status the status code
 * @param reason the text of the status line
 * @param headers by name in lower case
 * @param body the content
 */
record HttpReply(int status, String reason, Map<String, List<String>> headers, String body) {

    boolean isSuccess() {
        return status / 100 == 2;
    }

    /** The first header with this name in lower case; empty if there is none. */
    String header(String name) {
        return headers.getOrDefault(name, List.of("")).get(0);
    }
}
