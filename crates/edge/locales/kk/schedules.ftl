### Кесте қашан жұмыс істейді.

schedule-daily-many = күн сайын { $times } және { $last }
schedule-workdays = жұмыс күндері { $at }
schedule-weekends = демалыс күндері { $at }
schedule-monthly = ай сайын { $day }-күні { $at }
schedule-each-hour = әр сағаттың { $minute }-минутында
schedule-every-seconds = { $n } секунд сайын
schedule-hourly = { $n ->
    [1] сағат сайын
    [24] тәулігіне бір рет
   *[other] { $n } сағат сайын
}
schedule-weekly = { $weekday ->
    [1] дүйсенбі сайын
    [2] сейсенбі сайын
    [3] сәрсенбі сайын
    [4] бейсенбі сайын
    [5] жұма сайын
    [6] сенбі сайын
   *[7] жексенбі сайын
} { $at }
