package dev.mintlog.edge.command;

import dev.mintlog.schema.CommandHeader;
import org.apache.avro.specific.SpecificRecord;

/** A command that lacks its header only. */
@FunctionalInterface
public interface CommandBody {

  SpecificRecord under(CommandHeader header);
}
