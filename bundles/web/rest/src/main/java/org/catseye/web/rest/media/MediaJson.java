package org.catseye.web.rest.media;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import org.catseye.media.MediaDownload;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaSpace;
import org.catseye.media.MediaUpload;
import org.catseye.web.rest.route.ApiServlet;

/** The library in JSON. */
final class MediaJson {

    private MediaJson() {
    }

    /** With an empty list of drives, for the caller to fill. */
    static ObjectNode describeImage(MediaImage image) {
        ObjectNode json = ApiServlet.JSON.createObjectNode().put("id", image.id()).put("name", image.name()).put("bytes", image.bytes())
                .put("sha256", image.sha256()).put("user", image.user()).put("added", image.added().toString());
        json.putArray("attached");
        return json;
    }

    static ObjectNode describeUpload(MediaUpload upload) {
        return ApiServlet.JSON.createObjectNode().put("id", upload.id()).put("name", upload.name()).put("user", upload.user()).put("offset", upload.offset())
                .put("length", upload.length()).put("expires", upload.expires().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    static ObjectNode describeDownload(MediaDownload download) {
        return ApiServlet.JSON.createObjectNode().put("id", download.id()).put("url", download.url()).put("name", download.name()).put("user", download.user())
                .put("started", download.started().truncatedTo(ChronoUnit.SECONDS).toString()).put("state", download.state().name())
                .put("received", download.receivedBytes()).put("total", download.totalBytes()).put("image", download.image()).put("reason", download.reason());
    }

    static ObjectNode describeSpace(MediaSpace space) {
        return ApiServlet.JSON.createObjectNode().put("total", space.totalBytes()).put("free", space.freeBytes()).put("problem", space.problem());
    }

    static ArrayNode newArray() {
        return ApiServlet.JSON.createArrayNode();
    }
}
