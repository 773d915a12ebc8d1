-- Replaces a value that is still the one that was read. KEYS[1]; ARGV: value read, value to set (empty to delete).
-- 1 done, 0 it is another by now.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[2])
end
return 1
