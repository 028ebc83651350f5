package org.catseye.web.redfish.route;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The parts that all resources have. */
public final class RedfishJson {

    /** Where the DMTF publishes the schemas. */
    public static final String SCHEMAS = "http://redfish.dmtf.org/schemas/v1/";
    static final String ID = "@odata.id";

    private RedfishJson() {
    }

    public static ObjectNode newObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * A resource with its required properties.
     *
     * @param link as the client has to send it
     * @param type such as {@code Manager.v1_9_0.Manager}
     */
    public static ObjectNode newResource(String link, String type, String id, String name) {
        return newObject().put(ID, link).put("@odata.type", "#" + type).put("Id", id).put("Name", name);
    }

    /**
     * A collection.
     *
     * @param path of the collection
     * @param type of its members, such as {@code Manager}
     * @param ids of the members, whose paths are below that of the collection
     */
    public static ObjectNode newCollection(RedfishRequest request, String path, String type, String name, List<String> ids) {
        ObjectNode json = newObject().put(ID, request.link(path)).put("@odata.type", "#" + type + "Collection." + type + "Collection").put("Name", name);
        ArrayNode members = json.put("Members@odata.count", ids.size()).putArray("Members");
        ids.forEach(id -> members.add(request.reference(path + "/" + id)));
        return json;
    }

    /** For a resource that works. */
    public static void addStatus(ObjectNode resource) {
        resource.putObject("Status").put("State", "Enabled").put("Health", "OK");
    }

    public static String formatTime(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
