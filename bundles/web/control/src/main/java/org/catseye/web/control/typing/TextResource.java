package org.catseye.web.control.typing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.access.AccessControl;
import org.catseye.access.Audit;
import org.catseye.access.Permission;
import org.catseye.http.HttpAnswer;
import org.catseye.http.RequestHeads;
import org.catseye.secrets.Secrets;
import org.catseye.web.control.message.ServerMessages;
import org.catseye.web.control.message.TypingProgress;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code text}: types texts on the remote computer, one at a time for each target. */
@Component(property = {TargetResource.NAME + "=text", TargetResource.OPENAPI + "=/openapi/text.json"})
public final class TextResource implements TargetResource {

    private static final JsonFactory JSON = new JsonFactory();

    private final ViewerRegistry viewers;
    private final AccessControl access;
    private final Audit audit;
    /** By target: the text that is being typed, or was typed last. */
    private final Map<String, TypingJob> jobs = new ConcurrentHashMap<>();

    @Activate
    public TextResource(@Reference ViewerRegistry viewers, @Reference AccessControl access, @Reference Audit audit) {
        this.viewers = viewers;
        this.access = access;
        this.audit = audit;
    }

    @Override
    public Permission requiredPermission(String method, String subPath) {
        return Permission.CONTROL;
    }

    @Override
    public Set<String> allowedMethods(String subPath) {
        return subPath.isEmpty() ? Set.of("POST") : subPath.indexOf('/', 1) < 0 ? Set.of("GET", "DELETE") : Set.of();
    }

    /** Typing gives no power beyond what the keys on the control socket give. */
    @Override
    public boolean requiresProof(String method, String subPath) {
        return false;
    }

    @Override
    public void serve(TargetRequest request) throws IOException {
        try {
            if (request.subPath().isEmpty()) {
                startTyping(request);
            } else if (request.request().getMethod().equals("DELETE")) {
                findJob(request).cancel();
                request.response().setStatus(204);
            } else {
                sendProgress(request.response(), 200, findJob(request).progress());
            }
        } catch (RefusedException e) {
            e.send(request.response());
        }
    }

    private void startTyping(TargetRequest request) throws RefusedException, IOException {
        TextRequest wanted = TextRequest.read(request.request());
        TypingUser user = new TypingUser(access, request.session(), request.request().getRemoteAddr());
        String id = Secrets.token();
        TypingJob job = viewers.addViewer(request.targetId(), (board, leave) ->
            new TypingJob(id, user, board, wanted.text(), wanted.rate(), audit, leave));
        try {
            job.start();
        } catch (RefusedException e) {
            job.withdraw();
            throw e;
        }
        jobs.put(request.targetId(), job);
        request.response().setHeader("Location", RequestHeads.findBasePath(request.request()) + "/api/v1/targets/" + request.targetId() + "/text/" + id);
        sendProgress(request.response(), 202, job.progress());
    }

    /** The job of the path. Only its own user may see it or cancel it, and administrators. */
    private TypingJob findJob(TargetRequest request) throws RefusedException {
        String id = request.subPath().substring(1);
        return Optional.ofNullable(jobs.get(request.targetId())).filter(job -> Secrets.same(job.progress().id(), id))
            .filter(job -> job.user().equals(request.session().user()) || access.hasPermission(request.session(), Permission.ADMIN, request.targetId()))
            .orElseThrow(() -> new RefusedException(404, "unknown_text", "No text with this id is being typed, and the last one that was typed has another id."));
    }

    private static void sendProgress(HttpServletResponse response, int status, TypingProgress progress) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            ServerMessages.writeTyping(json, progress);
            json.writeEndObject();
        }
        new HttpAnswer(status, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"), text.toString().getBytes(StandardCharsets.UTF_8)).send(response);
    }
}
