### Когда работает расписание.

schedule-daily-many = каждый день в { $times } и { $last }
schedule-workdays = по будням в { $at }
schedule-weekends = по выходным в { $at }
schedule-monthly = { $day }-го числа в { $at }
schedule-each-hour = каждый час, в { $minute } мин
schedule-every-seconds = каждые { $n } с
schedule-hourly = { $n ->
    [1] каждый час
    [24] раз в сутки
   *[other] каждые { $n } ч
}
schedule-weekly = { $weekday ->
    [1] по понедельникам
    [2] по вторникам
    [3] по средам
    [4] по четвергам
    [5] по пятницам
    [6] по субботам
   *[7] по воскресеньям
} в { $at }
