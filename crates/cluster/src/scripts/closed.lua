-- Micros for which a budget stays closed. KEYS: facts. ARGV: now in micros (-1: ask the server).
local now = tonumber(ARGV[1])
if now < 0 then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end
return math.max(0, tonumber(redis.call('HGET', KEYS[1], 'blocked') or '0') - now)
