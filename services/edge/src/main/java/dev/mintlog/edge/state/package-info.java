/** Queries that an edge answers from the state itself: from Redis primaries only, and only where they are complete. */
package dev.mintlog.edge.state;
