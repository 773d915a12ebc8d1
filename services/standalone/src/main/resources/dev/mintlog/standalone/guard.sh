# Runs a part and ends it when its parent is gone.
#
# usage: sh guard.sh <log file> <seconds from TERM to KILL> <command> [argument ...]
#
# Standard input is a pipe that the parent holds open and never writes to. The kernel closes it when the parent ends,
# kill -9 included; no pid is watched, so none can be mistaken for another. The first line written is the part's pid;
# the exit code is the part's.
log=$1
tenths=$(($2 * 10))
shift 2
exec 3<&0
"$@" </dev/null >>"$log" 2>&1 3<&- &
part=$!
echo "$part"
exec >/dev/null 2>&1
(
  while read -r _ <&3; do :; done
  kill -TERM "$part"
  while kill -0 "$part" && [ "$tenths" -gt 0 ]; do
    sleep 0.1
    tenths=$((tenths - 1))
  done
  kill -KILL "$part"
) &
watch=$!
exec 3<&-
# The part is ended by the pipe alone, in its own time; a signal meant for all must not leave it without its guard.
trap : HUP INT TERM
wait "$part"
code=$?
while kill -0 "$part"; do
  wait "$part"
  code=$?
done
kill -KILL "$watch"
# Who waits for the guard may count on all of it being gone.
wait "$watch"
exit "$code"
