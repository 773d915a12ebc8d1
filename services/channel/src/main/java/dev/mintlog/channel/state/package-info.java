/** How an authorization rests: in Redis under the channel secret, in the changelog under the key-encryption key. */
package dev.mintlog.channel.state;
