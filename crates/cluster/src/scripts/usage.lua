-- How much of every budget is spent. KEYS: index. ARGV: now in micros (-1: ask the server), prefix of the keys.
-- Answer: for each budget its name in the index, its windows as text, micros it stays closed, used in each window as text.
local function text(number) return string.format('%.0f', number) end
local now = tonumber(ARGV[1])
if now < 0 then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end
local answer = {}
for _, name in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, 999)) do
  local log = ARGV[2] .. 'spent:' .. name
  local facts = ARGV[2] .. 'facts:' .. name
  local windows = redis.call('HGET', facts, 'windows') or ''
  local closed = math.max(0, tonumber(redis.call('HGET', facts, 'blocked') or '0') - now)
  local newest = redis.call('ZRANGE', log, -1, -1)
  local used = {}
  local any = closed > 0
  for max, per in string.gmatch(windows, '(%d+)/(%d+)') do
    local spent = 0
    if #newest > 0 then
      local first = redis.call('ZRANGEBYSCORE', log, '(' .. text(now - tonumber(per)), '+inf', 'LIMIT', 0, 1)
      if #first > 0 then
        spent = tonumber(string.sub(newest[1], 1, 16)) - tonumber(string.sub(first[1], 1, 16)) + tonumber(string.sub(first[1], 18))
      end
    end
    any = any or spent > 0
    used[#used + 1] = text(spent)
  end
  if windows == '' and #newest > 0 then any = true end
  if any then
    answer[#answer + 1] = { name, windows, text(closed), table.concat(used, ',') }
  elseif redis.call('EXISTS', log, facts) == 0 then
    redis.call('ZREM', KEYS[1], name)
  end
end
return answer
