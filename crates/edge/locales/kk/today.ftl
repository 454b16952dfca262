## Бүгін: адамды күтіп тұрған жолдар және кешегі күннің ақшасы.
todo-reorder = { $n } тауарға тапсырыс беру керек
todo-why-reorder = { $left ->
    [0] Таусылып қалды: { $title }
   *[other] Бірінші таусылатыны — { $title }: { $left } дана қалды, сұраныс күніне { $daily }
}
todo-act-reorder = Тапсырыс беру
todo-talks = { $n } диалог жауап күтіп тұр
todo-why-talks = Ең ұзақ күткен { $who }: «{ $text }»
todo-act-talks = Жауап беру
todo-send-accept = Қабылдау: { $n }
todo-snooze-hour = Бір сағатқа кейінге қалдыру
todo-snoozed-close = Кейінге қалғандарды жасыру
todo-off-title = Кейінге қалдырылған
todo-off-until = Қайтады: { $at }
todo-off-hidden = Көрсетпейміз
todo-back = Қайтару
earned-title = Кеше
earned-how = Қалай есептелді
earned-week-ago = бір апта бұрынғы осы күнге қарағанда
earned-trend = 14 күндік пайда
earned-orders = { $sum } сомаға { $n } тапсырыстан түскен таза пайда.
earned-none = Кеше сатып алушыға бірде-бір тапсырыс берілмеді.
earned-without-cost = Тағы { $sum } өзіндік құнсыз сатылды.
quality-says = { $name }: { $now }, шегі { $most }
earned-no-cost = Өзіндік құны жоқ
earned-sold = Сатып алушыларға { $sum } сомаға { $n } тапсырыс берілді. Өзіндік құнын енгізіңіз, пайданы есептейміз.
