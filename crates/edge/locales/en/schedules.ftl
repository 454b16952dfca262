### When schedules are due.

schedule-daily-many = every day at { $times } and { $last }
schedule-workdays = on workdays at { $at }
schedule-weekends = at weekends at { $at }
schedule-monthly = on day { $day } of the month at { $at }
schedule-each-hour = every hour at :{ $minute }
schedule-every-seconds = every { $n } s
schedule-hourly = { $n ->
    [1] every hour
    [24] once a day
   *[other] every { $n } hours
}
schedule-weekly = { $weekday ->
    [1] on Mondays
    [2] on Tuesdays
    [3] on Wednesdays
    [4] on Thursdays
    [5] on Fridays
    [6] on Saturdays
   *[7] on Sundays
} at { $at }
