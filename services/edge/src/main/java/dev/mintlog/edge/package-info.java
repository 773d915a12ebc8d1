/**
 * The edge: HTTP in, HTTP out. It parses requests, checks proofs, turns what is left into commands on the log, and
 * writes the replies as answers. Stateless: any number of copies run side by side.
 *
 * <p>{@link dev.mintlog.edge.Edge} wires it. Each sub-package says what it is; {@code http} knows the others that a
 * request passes through, and {@code http.server} every endpoint.
 */
package dev.mintlog.edge;
