package org.catseye.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An error as the Redfish service reports it (DSP0266, "Error responses"). The messages are those of the registry Base, with more details.
 *
 * @param messageKey of the registry Base, such as {@code InsufficientPrivilege}
 * @param message for people, in English
 * @param arguments of the registry's message
 * @param property the JSON pointer of the property that the error is about, such as {@code #/Image}; empty for none
 * @param resolution what the user can do
 */
public record RedfishError(String messageKey, String message, List<String> arguments, String property, String resolution) {

    /** The paths at and below which errors have this form. */
    public static final String PATH = "/redfish";
    /** Each answer has this header. */
    public static final String VERSION_HEADER = "OData-Version";
    public static final String VERSION = "4.0";

    private static final String REGISTRY = "Base.1.18.";

    /** An error that the registry has no message for. */
    public static RedfishError ofMessage(String message) {
        return new RedfishError("GeneralError", message, List.of(), "", "None.");
    }

    /** Whether a path belongs to the Redfish service. */
    public static boolean covers(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    /** The body of an HTTP answer in UTF-8. */
    public byte[] toBytes() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error").put("code", REGISTRY + messageKey).put("message", message);
        error.putArray("@Message.ExtendedInfo").add(toMessage());
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A Message object, as tasks have it too. */
    public ObjectNode toMessage() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.type", "#Message.v1_1_1.Message")
                .put("MessageId", REGISTRY + messageKey).put("Message", message);
        arguments.forEach(json.putArray("MessageArgs")::add);
        if (!property.isEmpty()) {
            json.putArray("RelatedProperties").add(property);
        }
        String severity = messageKey.startsWith("Property") ? "Warning" : "Critical";
        return json.put("MessageSeverity", severity).put("Severity", severity).put("Resolution", resolution);
    }
}
