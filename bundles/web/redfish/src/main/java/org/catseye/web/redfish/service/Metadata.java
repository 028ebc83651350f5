package org.catseye.web.redfish.service;

import java.util.List;
import org.catseye.web.redfish.route.RedfishJson;

/** The OData metadata document: which schemas of the DMTF the resources follow. */
final class Metadata {

    /** A file of the DMTF, and the namespaces that are used from it. */
    private record Schema(String name, String version) {
        String toXml() {
            String file = "    <edmx:Reference Uri=\"" + RedfishJson.SCHEMAS + name + "_v1.xml\">\n        <edmx:Include Namespace=\"" + name + "\"/>\n";
            String versioned = version.isEmpty() ? "" : "        <edmx:Include Namespace=\"" + name + "." + version + "\"/>\n";
            return file + versioned + "    </edmx:Reference>\n";
        }
    }

    private static final List<Schema> USED = List.of(new Schema("ServiceRoot", "v1_5_0"), new Schema("ComputerSystemCollection", ""),
            new Schema("ComputerSystem", "v1_13_0"), new Schema("ManagerCollection", ""), new Schema("Manager", "v1_9_0"),
            new Schema("VirtualMediaCollection", ""), new Schema("VirtualMedia", "v1_4_0"), new Schema("SessionService", "v1_1_8"),
            new Schema("SessionCollection", ""), new Schema("Session", "v1_4_0"), new Schema("TaskService", "v1_1_4"), new Schema("TaskCollection", ""),
            new Schema("Task", "v1_4_3"), new Schema("Message", "v1_1_1"));

    private Metadata() {
    }

    static String toXml() {
        StringBuilder references = new StringBuilder();
        USED.forEach(schema -> references.append(schema.toXml()));
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
                %s    <edmx:Reference Uri="%sRedfishExtensions_v1.xml">
                        <edmx:Include Namespace="RedfishExtensions.v1_0_0" Alias="Redfish"/>
                    </edmx:Reference>
                    <edmx:DataServices>
                        <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Service">
                            <EntityContainer Name="Service" Extends="ServiceRoot.v1_5_0.ServiceContainer"/>
                        </Schema>
                    </edmx:DataServices>
                </edmx:Edmx>
                """.formatted(references, RedfishJson.SCHEMAS);
    }
}
