/** The messages of {@code catseye.control.v1}: client messages are parsed strictly, server messages are written as JSON. */
package org.catseye.web.control.message;
