/** How often a client may ask: counted at each edge by itself, in bounded memory. */
package dev.mintlog.edge.limit;
