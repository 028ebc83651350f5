package org.catseye.hid.gadget.configfs;

import java.io.IOException;
import org.catseye.hid.gadget.descriptor.Attribute;
import org.catseye.hid.gadget.descriptor.Gadget.Link;

/** One change of configfs: a single system call. */
public sealed interface Step {

    /** The step as a message for the user: a verb phrase such as "set idVendor to 0x1d6b". */
    String describeStep();

    /** Performs the step. @throws IOException the system call's own error */
    void applyTo(ConfigFs configFs) throws IOException;

    /** @param path relative to the gadget's folder; empty for the gadget's own folder */
    record CreateFolder(String path) implements Step {
        @Override
        public String describeStep() {
            return path.isEmpty() ? "create the gadget" : "create " + path;
        }

        @Override
        public void applyTo(ConfigFs configFs) throws IOException {
            configFs.createFolder(path);
        }
    }

    record WriteAttribute(Attribute attribute) implements Step {
        @Override
        public String describeStep() {
            return "set " + attribute.path() + " to "
                    + (attribute.kind() == Attribute.Kind.BYTES ? attribute.encodeContent().length + " bytes" : attribute.value());
        }

        @Override
        public void applyTo(ConfigFs configFs) throws IOException {
            configFs.writeAttribute(attribute);
        }
    }

    record CreateLink(Link link) implements Step {
        @Override
        public String describeStep() {
            return "add " + link.functionName() + " as " + link.name();
        }

        @Override
        public void applyTo(ConfigFs configFs) throws IOException {
            configFs.createLink(link);
        }
    }

    record RemoveLink(Link link) implements Step {
        @Override
        public String describeStep() {
            return "remove " + link.functionName();
        }

        @Override
        public void applyTo(ConfigFs configFs) throws IOException {
            configFs.removeLink(link);
        }
    }

    record BindController(String controller) implements Step {
        @Override
        public String describeStep() {
            return "bind to the controller " + controller;
        }

        @Override
        public void applyTo(ConfigFs configFs) throws IOException {
            configFs.bindController(controller);
        }
    }

    record UnbindController() implements Step {
        @Override
        public String describeStep() {
            return "unbind";
        }

        @Override
        public void applyTo(ConfigFs configFs) throws IOException {
            configFs.unbindController();
        }
    }
}
