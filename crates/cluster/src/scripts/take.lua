-- Spends from a budget, exactly and in one step.
-- KEYS: log (sorted set, score = micros, member = running total and cost), facts (hash), index of budgets.
-- ARGV: now in micros (-1: ask the server), wanted, 1 when all or nothing, name of the budget in the index, windows as text,
--       then max and micros of each window.
-- Answer: granted, micros to wait (-1: nothing to wait for).
local function text(number) return string.format('%.0f', number) end
local now = tonumber(ARGV[1])
if now < 0 then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end
local want = tonumber(ARGV[2])
local whole = ARGV[3] == '1'
local longest = 0
for place = 7, #ARGV, 2 do longest = math.max(longest, tonumber(ARGV[place])) end

local total = 0
local blocked = tonumber(redis.call('HGET', KEYS[2], 'blocked') or '0')
local newest = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
if #newest > 0 then
  total = tonumber(string.sub(newest[1], 1, 16))
  local ahead = tonumber(newest[2]) - now
  if ahead > 1000000 then
    -- The clock was put back: the log goes with it.
    local all = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
    for place = 1, #all, 2 do redis.call('ZADD', KEYS[1], text(tonumber(all[place + 1]) - ahead), all[place]) end
    if blocked > 0 then
      blocked = blocked - ahead
      redis.call('HSET', KEYS[2], 'blocked', text(blocked))
    end
  elseif ahead > 0 then
    now = now + ahead
  end
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', text(now - longest))

local function keep()
  local left = math.max(longest, blocked - now)
  redis.call('HSET', KEYS[2], 'windows', ARGV[5])
  redis.call('ZADD', KEYS[3], text(now), ARGV[4])
  redis.call('ZREMRANGEBYRANK', KEYS[3], 0, -5001)
  for place = 1, 2 do redis.call('PEXPIRE', KEYS[place], text(left / 1000 + 60000)) end
end

if blocked > now then
  keep()
  return { 0, blocked - now }
end

local room = want
local used_in = {}
for place = 6, #ARGV, 2 do
  local first = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. text(now - tonumber(ARGV[place + 1])), '+inf', 'LIMIT', 0, 1)
  local used = 0
  if #first > 0 then used = total - tonumber(string.sub(first[1], 1, 16)) + tonumber(string.sub(first[1], 18)) end
  room = math.max(0, math.min(room, tonumber(ARGV[place]) - used))
  used_in[place] = used
end
local granted = room
if whole and room < want then granted = 0 end
if granted > 0 then
  total = total + granted
  redis.call('ZADD', KEYS[1], text(now), string.format('%016.0f:%d', total, granted))
  -- A log that grows too long is joined from its old end, which errs to the careful side.
  local count = redis.call('ZCARD', KEYS[1])
  if count > 4096 then
    local two = redis.call('ZRANGE', KEYS[1], 0, 1, 'WITHSCORES')
    local joined = tonumber(string.sub(two[1], 18)) + tonumber(string.sub(two[3], 18))
    redis.call('ZREM', KEYS[1], two[1], two[3])
    redis.call('ZADD', KEYS[1], two[4], string.sub(two[3], 1, 17) .. string.format('%d', joined))
  end
end
keep()
if granted >= want then return { granted, -1 } end

local wait = 0
local more = 1
if whole then more = want end
local count = redis.call('ZCARD', KEYS[1])
for place = 6, #ARGV, 2 do
  local leaves = total + more - tonumber(ARGV[place])
  -- A window with room makes nobody wait, whatever was spent before it.
  local full = used_in[place] + granted + more > tonumber(ARGV[place])
  if full and leaves > 0 then
    local low, high = 0, count
    while low < high do
      local middle = math.floor((low + high) / 2)
      local member = redis.call('ZRANGE', KEYS[1], middle, middle)
      if tonumber(string.sub(member[1], 1, 16)) < leaves then low = middle + 1 else high = middle end
    end
    local last = redis.call('ZRANGE', KEYS[1], low, low, 'WITHSCORES')
    if #last > 0 then wait = math.max(wait, tonumber(last[2]) + tonumber(ARGV[place + 1]) - now) end
  end
end
return { granted, wait }
