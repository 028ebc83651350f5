package org.catseye.web.redfish.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.catseye.web.WebContext;
import org.catseye.web.redfish.route.RedfishException;
import org.catseye.web.redfish.route.RedfishJson;
import org.catseye.web.redfish.route.RedfishPaths;
import org.catseye.web.redfish.route.RedfishRequest;
import org.catseye.web.redfish.route.RedfishServlet;
import org.catseye.web.redfish.route.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The caller's own tasks. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({RedfishPaths.TASK_SERVICE, RedfishPaths.TASK_SERVICE + "/*"})
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class TaskServlet extends RedfishServlet {

    private static final long serialVersionUID = 1;

    private final transient Tasks tasks;

    @Activate
    public TaskServlet(@Reference Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public List<Route> listRoutes() {
        return List.of(Route.ofReading(RedfishPaths.TASK_SERVICE, TaskServlet::describeService), Route.ofReading(RedfishPaths.TASKS, this::listTasks),
                Route.ofReading(RedfishPaths.TASKS + "/{id}", request -> request.sendResource(requireTask(request).toJson(request))),
                Route.ofReading(RedfishPaths.TASK_MONITORS + "/{id}", this::followTask));
    }

    private static void describeService(RedfishRequest request) throws RedfishException, IOException {
        request.session();
        ObjectNode json = RedfishJson.newResource(request.link(RedfishPaths.TASK_SERVICE), "TaskService.v1_1_4.TaskService", "TaskService", "Task Service")
                .put("ServiceEnabled", true).put("CompletedTaskOverWritePolicy", "Oldest").put("LifeCycleEventOnTaskStateChange", false)
                .put("DateTime", RedfishJson.formatTime(Instant.now()));
        RedfishJson.addStatus(json);
        json.set("Tasks", request.reference(RedfishPaths.TASKS));
        request.sendResource(json);
    }

    private void listTasks(RedfishRequest request) throws RedfishException, IOException {
        List<String> ids = tasks.listTasks(request.session().user()).stream().map(Task::id).toList();
        request.sendResource(RedfishJson.newCollection(request, RedfishPaths.TASKS, "Task", "Tasks", ids));
    }

    private Task requireTask(RedfishRequest request) throws RedfishException {
        String id = request.variables().get("id");
        return tasks.listTasks(request.session().user()).stream().filter(task -> task.id().equals(id)).findFirst()
                .orElseThrow(() -> RedfishException.ofMissing(request.path()));
    }

    private void followTask(RedfishRequest request) throws RedfishException, IOException {
        Task task = requireTask(request);
        if (task.isRunning()) {
            Tasks.answerRunning(request, task);
        } else {
            Tasks.answerResult(request, task);
        }
    }
}
