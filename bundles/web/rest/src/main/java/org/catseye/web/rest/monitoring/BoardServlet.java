package org.catseye.web.rest.monitoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.catseye.board.BoardCondition;
import org.catseye.board.BoardState;
import org.catseye.web.WebContext;
import org.catseye.web.rest.Targets;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.Endpoints;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * The health of the board. For everyone who may see any target: a weak power supply affects all viewers, and each of them can report it to the person
 * who is near the board. The descriptions contain neither paths nor addresses.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(Endpoints.BOARD)
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class BoardServlet extends ApiServlet {

    private static final long serialVersionUID = 1;

    private final transient CurrentBoard board;
    private final transient Targets targets;

    @Activate
    public BoardServlet(@Reference CurrentBoard board, @Reference Targets targets) {
        this.board = board;
        this.targets = targets;
    }

    @Override
    public Map<String, Action> supportedActions() {
        return Map.of("GET", this::reportBoard);
    }

    private void reportBoard(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        if (targets.visible(requireSession(request)).isEmpty()) {
            throw new ApiException(403, "forbidden", "This needs the right VIEW on any target.");
        }
        Optional<BoardState> state = board.readState();
        ObjectNode result = JSON.createObjectNode().put("monitored", state.isPresent());
        writeConditions(result.putArray("conditions"), state.map(BoardState::conditions).orElse(List.of()));
        ObjectNode figures = result.putObject("figures");
        state.ifPresent(current -> current.figures().forEach(figure -> figures.put(figure.name(), figure.value())));
        sendJson(response, 200, result);
    }

    private static void writeConditions(ArrayNode array, List<BoardCondition> conditions) {
        for (BoardCondition condition : conditions) {
            ObjectNode node = array.addObject().put("id", condition.id()).put("severity", condition.severity().name()).put("since", condition.since().toString())
                    .put("description", condition.description()).put("remedy", condition.remedy());
            ObjectNode details = node.putObject("details");
            new TreeMap<>(condition.details()).forEach(details::put);
        }
    }
}
