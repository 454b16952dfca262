-- Gives, renews or ends a lease. KEYS: lease (hash), counter of tokens.
-- ARGV: what (take, renew, release), now in micros (-1: ask the server), owner, token, micros to live.
-- Answer: token and micros left; 0 when it is somebody else's.
local function text(number) return string.format('%.0f', number) end
local now = tonumber(ARGV[2])
if now < 0 then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end
local held = redis.call('HMGET', KEYS[1], 'owner', 'token', 'until')
local lives = held[1] and tonumber(held[3]) > now
local ours = lives and held[2] == ARGV[4]
local life = tonumber(ARGV[5])
local token
if ARGV[1] == 'take' then
  if lives then return { 0, 0 } end
  token = redis.call('INCR', KEYS[2])
elseif not ours then
  return { 0, 0 }
elseif ARGV[1] == 'release' then
  redis.call('DEL', KEYS[1])
  return { 0, 0 }
else
  token = tonumber(held[2])
end
redis.call('HSET', KEYS[1], 'owner', ARGV[3], 'token', text(token), 'until', text(now + life))
redis.call('PEXPIRE', KEYS[1], text(life / 1000 + 60000))
return { token, life }
