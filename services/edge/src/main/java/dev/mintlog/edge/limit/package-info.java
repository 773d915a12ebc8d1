/** How often a client may ask, and how often a password may be wrong: counted at each edge by itself, in bounded memory. */
package dev.mintlog.edge.limit;
