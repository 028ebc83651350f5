package org.catseye.web.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.catseye.hid.HidState;
import org.catseye.video.VideoState;
import org.catseye.web.WebContext;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.Endpoints;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Lists the targets that the caller may see. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(Endpoints.TARGETS)
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class TargetsServlet extends ApiServlet {

    private static final long serialVersionUID = 1;

    private final transient Targets targets;

    @Activate
    public TargetsServlet(@Reference Targets targets) {
        this.targets = targets;
    }

    @Override
    public Map<String, Action> supportedActions() {
        return Map.of("GET", this::listTargets);
    }

    private void listTargets(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        ArrayNode result = JSON.createArrayNode();
        for (Targets.View view : targets.visible(requireSession(request))) {
            ObjectNode target = result.addObject().put("id", view.id()).put("label", view.label());
            writeVideo(target.putObject("video"), view.video());
            writeInput(target.putObject("hid"), view.hid());
        }
        sendJson(response, 200, result);
    }

    /** Size and codec are null when there is no picture of the target. */
    private static void writeVideo(ObjectNode node, VideoState video) {
        node.put("state", video.condition().toPublicCondition().name()).put("reason", video.reason());
        node.put("misconfigured", video.condition() == VideoState.Condition.MISCONFIGURED).put("stale", video.stale());
        node.putNull("width").putNull("height").putNull("codec");
        node.putNull("sound").putNull("input");
        video.incoming().sound().ifPresent(sound -> node.put("sound", sound.name()));
        video.incoming().picture().ifPresent(input -> node.putObject("input").put("width", input.width()).put("height", input.height())
                .put("fps", Math.round(input.fps() * 100) / 100.0).put("interlaced", input.interlaced()));
        video.format().ifPresent(format -> node.put("width", format.width()).put("height", format.height()).put("codec", format.codec().name()));
        node.put("fps", Math.round(video.fps() * 10) / 10.0).put("viewers", video.viewers());
    }

    private static void writeInput(ObjectNode node, HidState hid) {
        node.put("state", hid.condition().name()).put("reason", hid.reason());
        ArrayNode features = node.putArray("features");
        hid.features().stream().sorted().forEach(feature -> features.add(feature.name()));
    }
}
