/** What is fetched from addresses that others choose, over HTTP and within bounds. */
package dev.mintlog.edge.fetch;
