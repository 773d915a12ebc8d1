/** What `mintlog up` runs on top of the local parts: secrets of its own, a demo registry, one edge and one processor. */
package dev.mintlog.standalone.demo;
