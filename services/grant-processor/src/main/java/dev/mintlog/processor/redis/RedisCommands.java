package dev.mintlog.processor.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Commands to be sent together: each is made here, and completes when its answer has come. */
final class RedisCommands {
  private static final ByteArrayCodec BYTES = ByteArrayCodec.INSTANCE;

  private RedisCommands() {}

  static AsyncCommand<byte[], byte[], byte[]> get(byte[] key) {
    return bytes(CommandType.GET, args().addKey(key));
  }

  /** Completes with the value that was there, or null where the new one was set. */
  static AsyncCommand<byte[], byte[], byte[]> setIfAbsent(byte[] key, byte[] value, long keepUntilMs) {
    return bytes(CommandType.SET,
        args().addKey(key).addValue(value).add("NX").add("GET").add("PXAT").add(keepUntilMs));
  }

  static AsyncCommand<byte[], byte[], byte[]> set(byte[] key, byte[] value) {
    return bytes(CommandType.SET, args().addKey(key).addValue(value));
  }

  static AsyncCommand<byte[], byte[], byte[]> info(String section) {
    return bytes(CommandType.INFO, args().add(section));
  }

  /** Completes with seconds and microseconds, as texts. */
  static AsyncCommand<byte[], byte[], List<byte[]>> time() {
    return new AsyncCommand<>(new Command<>(CommandType.TIME, new ValueListOutput<>(BYTES), args()));
  }

  /** Completes with name and value; empty where Redis knows no such setting. */
  static AsyncCommand<byte[], byte[], List<byte[]>> config(String name) {
    return new AsyncCommand<>(
        new Command<>(CommandType.CONFIG, new ValueListOutput<>(BYTES), args().add(CommandType.GET).add(name)));
  }

  static AsyncCommand<byte[], byte[], byte[]> loadScript(byte[] text) {
    return bytes(CommandType.SCRIPT, args().add(CommandKeyword.LOAD).addValue(text));
  }

  /** A script with one key. */
  static AsyncCommand<byte[], byte[], Long> run(Script script, byte[] key, byte[]... arguments) {
    CommandArgs<byte[], byte[]> args = args().add(script.sha1()).add(1).addKey(key);
    for (byte[] argument : arguments) {
      args.addValue(argument);
    }
    return new AsyncCommand<>(new Command<>(CommandType.EVALSHA, new IntegerOutput<>(BYTES), args));
  }

  static byte[] decimal(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  private static AsyncCommand<byte[], byte[], byte[]> bytes(CommandType type, CommandArgs<byte[], byte[]> args) {
    return new AsyncCommand<>(new Command<>(type, new ValueOutput<>(BYTES), args));
  }

  private static CommandArgs<byte[], byte[]> args() {
    return new CommandArgs<>(BYTES);
  }
}
