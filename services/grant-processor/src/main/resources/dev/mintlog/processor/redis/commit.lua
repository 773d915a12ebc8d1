-- Compare and set. KEYS[1] the state; ARGV: version to be found (8 bytes, empty where nothing may be there), new value,
-- time it is kept until (ms), last time it may be set at (ms, empty for any). 0 set, 1 another version, 2 too late.
if redis.call('GETRANGE', KEYS[1], 0, 7) ~= ARGV[1] then
  return 1
end
if ARGV[4] ~= '' then
  local now = redis.call('TIME')
  if now[1] * 1000 + math.floor(now[2] / 1000) > tonumber(ARGV[4]) then
    return 2
  end
end
redis.call('SET', KEYS[1], ARGV[2], 'PXAT', ARGV[3])
return 0
