-- Closes a budget for a while.
-- KEYS: log, facts, index. ARGV: now in micros (-1: ask the server), micros to stay closed (0 or less opens), name in the index.
local function text(number) return string.format('%.0f', number) end
local now = tonumber(ARGV[1])
if now < 0 then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end
local closed = tonumber(ARGV[2])
if closed <= 0 then
  redis.call('HDEL', KEYS[2], 'blocked')
  return 0
end
redis.call('HSET', KEYS[2], 'blocked', text(now + closed))
redis.call('ZADD', KEYS[3], text(now), ARGV[3])
local left = math.max(redis.call('PTTL', KEYS[2]), closed / 1000 + 60000)
redis.call('PEXPIRE', KEYS[2], text(left))
return 1
