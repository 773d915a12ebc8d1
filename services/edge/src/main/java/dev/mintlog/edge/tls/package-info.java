/**
 * TLS on the public port: which certificate is served, and how it is replaced while serving. Knows nothing of requests.
 */
package dev.mintlog.edge.tls;
