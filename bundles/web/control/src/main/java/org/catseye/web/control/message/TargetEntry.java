package org.catseye.web.control.message;

/** A target that exists, for the menu of the page. */
public record TargetEntry(String id, String label) {
}
