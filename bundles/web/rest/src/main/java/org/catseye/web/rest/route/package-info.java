/** What all servlets of the API share: the routes, the body of a request, and errors. */
package org.catseye.web.rest.route;
