/** Where an edge may connect to when somebody else chose the URL, and how it calls there: once, briefly, and no further. */
package dev.mintlog.edge.outbound;
