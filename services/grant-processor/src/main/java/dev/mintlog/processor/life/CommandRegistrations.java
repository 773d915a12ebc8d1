package dev.mintlog.processor.life;

import dev.mintlog.answer.Answer;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command;
import java.util.function.Function;
import java.util.function.Supplier;

/** Port: under which registration a command is decided. */
public interface CommandRegistrations {

  Found find(Command command);

  /** What the registry says of a command. */
  sealed interface Found {

    <T> T match(Function<Registered, T> registered, Function<Refused, T> refused, Supplier<T> behind);
  }

  /** It is decided under this. */
  record Registered(Registration registration) implements Found {
    @Override
    public <T> T match(Function<Registered, T> registered, Function<Refused, T> refused, Supplier<T> behind) {
      return registered.apply(this);
    }
  }

  /** There is nothing to decide under. */
  record Refused(Answer.Denied answer) implements Found {
    @Override
    public <T> T match(Function<Registered, T> registered, Function<Refused, T> refused, Supplier<T> behind) {
      return refused.apply(this);
    }
  }

  /** The command's revision has not arrived here: its answer is not known yet, and nobody is denied for that. */
  record Behind() implements Found {
    @Override
    public <T> T match(Function<Registered, T> registered, Function<Refused, T> refused, Supplier<T> behind) {
      return behind.get();
    }
  }
}
