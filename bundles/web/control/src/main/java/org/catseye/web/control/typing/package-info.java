/** Texts that are typed on the remote computer by the server: {@code /api/v1/targets/{id}/text}. */
package org.catseye.web.control.typing;
