-- Sets what was written elsewhere before, unless the same or a newer version is here. KEYS[1] the state; ARGV: value,
-- time it is kept until (ms). 1 set, 0 left.
local here = redis.call('GETRANGE', KEYS[1], 0, 7)
if #here == 8 then
  -- Byte by byte: Lua compares strings by locale.
  for i = 1, 8 do
    local mine, theirs = ARGV[1]:byte(i), here:byte(i)
    if mine ~= theirs then
      if mine < theirs then
        return 0
      end
      break
    elseif i == 8 then
      return 0
    end
  end
end
redis.call('SET', KEYS[1], ARGV[1], 'PXAT', ARGV[2])
return 1
