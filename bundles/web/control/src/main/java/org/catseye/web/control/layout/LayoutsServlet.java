package org.catseye.web.control.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.catseye.http.HttpAnswer;
import org.catseye.http.Problem;
import org.catseye.web.WebContext;
import org.catseye.web.resource.TargetResource;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The keyboard layouts, for all users: the list, and what one of them types. */
@Component(service = Servlet.class, property = TargetResource.OPENAPI + "=/openapi/layouts.json")
@HttpWhiteboardServletPattern({LayoutsServlet.PATH, LayoutsServlet.PATH + "/*"})
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class LayoutsServlet extends HttpServlet {

    static final String PATH = "/api/v1/layouts";

    private static final long serialVersionUID = 1;
    private static final String ALLOWED = "GET, HEAD, OPTIONS";
    private static final JsonFactory JSON = new JsonFactory();

    private interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    @Override
    public void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> answer(request.getRequestURI().substring(PATH.length()), response);
            case "OPTIONS" -> {
                response.setStatus(204);
                response.setHeader("Allow", ALLOWED);
            }
            default -> {
                response.setHeader("Allow", ALLOWED);
                new Problem("method_not_allowed", "Served here: " + ALLOWED + ".").send(response, 405);
            }
        }
    }

    private static void answer(String path, HttpServletResponse response) throws IOException {
        if (path.isEmpty()) {
            send(response, LayoutsServlet::writeList);
            return;
        }
        Optional<KeyboardLayout> layout = Layouts.findLayout(path.substring(1));
        if (layout.isPresent()) {
            send(response, json -> writeLayout(json, layout.get()));
        } else {
            new Problem("unknown_layout", "There is no such layout; GET /api/v1/layouts lists them.").send(response, 404);
        }
    }

    private static void writeList(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (LayoutName name : Layouts.listNames()) {
            writeName(json, name);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Leaves the object open. */
    private static void writeName(JsonGenerator json, LayoutName name) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", name.id());
        json.writeBooleanField("windows", name.windows());
        json.writeObjectFieldStart("name");
        json.writeStringField("en", name.english());
        json.writeStringField("de", name.german());
        json.writeEndObject();
        json.writeArrayFieldStart("languages");
        for (String language : name.languages()) {
            json.writeString(language);
        }
        json.writeEndArray();
    }

    private static void writeLayout(JsonGenerator json, KeyboardLayout layout) throws IOException {
        writeName(json, layout.name());
        json.writeObjectFieldStart("characters");
        for (Map.Entry<Integer, List<KeyStroke>> typed : layout.strokes().entrySet()) {
            json.writeStringField(Character.toString(typed.getKey()), typed.getValue().stream().map(KeyStroke::toText).collect(Collectors.joining(" ")));
        }
        json.writeEndObject();
        json.writeStringField("onlyOnWindows", layout.onlyOnWindows());
        json.writeStringField("onlyOnLinux", layout.onlyOnLinux());
        json.writeEndObject();
    }

    private static void send(HttpServletResponse response, Writer content) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            content.write(json);
        }
        new HttpAnswer(200, Map.of("Content-Type", "application/json"), text.toString().getBytes(StandardCharsets.UTF_8)).send(response);
    }
}
