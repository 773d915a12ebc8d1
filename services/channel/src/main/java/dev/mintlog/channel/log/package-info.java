/** The log: how records are encoded and authenticated, how topics are laid out, how clients of Kafka are set. */
package dev.mintlog.channel.log;
