-- Fills an empty budget with what is known to have been spent.
-- KEYS: log, facts, index. ARGV: now in micros (-1: ask the server), name in the index, then micros ago and cost of each.
local function text(number) return string.format('%.0f', number) end
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local now = tonumber(ARGV[1])
if now < 0 then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end
local total = 0
local at = 0
for place = 3, #ARGV, 2 do
  local cost = tonumber(ARGV[place + 1])
  at = math.max(at, now - math.max(0, tonumber(ARGV[place])))
  if cost > 0 then
    total = total + cost
    redis.call('ZADD', KEYS[1], text(at), string.format('%016.0f:%d', total, cost))
  end
end
redis.call('PEXPIRE', KEYS[1], 86400000)
redis.call('ZADD', KEYS[3], text(now), ARGV[2])
return 1
