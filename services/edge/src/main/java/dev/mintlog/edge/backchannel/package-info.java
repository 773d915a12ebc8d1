/** OpenID CIBA Core at the edge: reading a request, finding the user it means, making the command of it. */
package dev.mintlog.edge.backchannel;
