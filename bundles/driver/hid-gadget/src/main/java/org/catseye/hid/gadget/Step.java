package org.catseye.hid.gadget;

import java.io.IOException;
import org.catseye.hid.gadget.Gadget.Link;

/** One change of configfs: one system call. */
sealed interface Step {

    /** What it does, for a person. */
    String words();

    /** Does it. @throws IOException the system call's own error */
    void on(ConfigFs configFs) throws IOException;

    /** @param path of the folder below the gadget's; empty for the gadget's own */
    record MakeFolder(String path) implements Step {
        @Override
        public String words() {
            return path.isEmpty() ? "create the gadget" : "create " + path;
        }

        @Override
        public void on(ConfigFs configFs) throws IOException {
            configFs.makeFolder(path);
        }
    }

    record Write(Attribute attribute) implements Step {
        @Override
        public String words() {
            return "set " + attribute.path() + " to "
                    + (attribute.kind() == Attribute.Kind.BYTES ? attribute.content().length + " bytes" : attribute.value());
        }

        @Override
        public void on(ConfigFs configFs) throws IOException {
            configFs.write(attribute);
        }
    }

    record MakeLink(Link link) implements Step {
        @Override
        public String words() {
            return "add " + link.function() + " as " + link.name();
        }

        @Override
        public void on(ConfigFs configFs) throws IOException {
            configFs.link(link);
        }
    }

    record RemoveLink(Link link) implements Step {
        @Override
        public String words() {
            return "take " + link.function() + " out";
        }

        @Override
        public void on(ConfigFs configFs) throws IOException {
            configFs.unlink(link);
        }
    }

    record Bind(String controller) implements Step {
        @Override
        public String words() {
            return "bind to the controller " + controller;
        }

        @Override
        public void on(ConfigFs configFs) throws IOException {
            configFs.bind(controller);
        }
    }

    record Unbind() implements Step {
        @Override
        public String words() {
            return "unbind";
        }

        @Override
        public void on(ConfigFs configFs) throws IOException {
            configFs.unbind();
        }
    }
}
