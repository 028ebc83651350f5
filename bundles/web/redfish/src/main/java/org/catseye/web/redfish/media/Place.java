package org.catseye.web.redfish.media;

/** A drive of a target. */
record Place(String target, String drive) {
}
