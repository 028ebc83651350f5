package org.catseye.power.http.relay;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.catseye.power.http.exchange.DeviceText;

/**
 * Where an answer has the state of the relay.
 *
 * @param pointers where the value can be in the JSON answer, the first one that exists counts; empty if the value is the whole text
 * @param on matches a part of the value of a relay that is on
 * @param off matches a part of the value of a relay that is off
 */
public record StateQuery(List<JsonPointer> pointers, Pattern on, Pattern off) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public StateQuery {
        pointers = List.copyOf(pointers);
    }

    /** Whether the relay is on. @throws IOException if the answer doesn't tell; the message is for the user */
    public boolean isOn(String answer) throws IOException {
        String value = findValue(answer);
        boolean isOn = on.matcher(value).find();
        if (isOn == off.matcher(value).find()) {
            throw new IOException("The device's answer is neither on nor off: " + DeviceText.shorten(answer));
        }
        return isOn;
    }

    private String findValue(String answer) throws IOException {
        if (pointers.isEmpty()) {
            return answer.strip();
        }
        JsonNode root = parseJson(answer);
        for (JsonPointer pointer : pointers) {
            JsonNode value = root.at(pointer);
            if (value.isValueNode() && !value.isNull()) {
                return value.asText();
            }
        }
        throw new IOException("The device's answer has no value " + pointers.get(0) + ": " + DeviceText.shorten(answer));
    }

    private static JsonNode parseJson(String answer) throws IOException {
        try {
            JsonNode root = JSON.readTree(answer);
            return root == null ? JSON.missingNode() : root;
        } catch (JsonProcessingException e) {
            throw new IOException("The device's answer is not JSON: " + DeviceText.shorten(answer), e);
        }
    }
}
