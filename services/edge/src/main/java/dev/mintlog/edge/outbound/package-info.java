/** Where an edge may connect to when somebody else chose the host. */
package dev.mintlog.edge.outbound;
