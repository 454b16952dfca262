//! Snapshots as files: open and packed days alike, read back from Parquet, in pieces. On both engines.

use crate::room::Room;
use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::RowAccessor,
};
use sauda_kernel::{Failure as _, Kind, Span, Timestamp};
use sauda_research::{ExportQuestion, FileKind, ResearchError, model::NewSource};
use sauda_store::sql;
use sauda_testkit::{engines, sqlite};

/// The whole file, and its largest piece.
async fn whole(room: &Room, question: &ExportQuestion) -> (Vec<u8>, usize) {
    let mut export = room.research.export(&room.scope, question).await.unwrap();
    let (mut file, mut largest) = (Vec::new(), 0);
    while let Some(piece) = export.next().await.unwrap() {
        largest = largest.max(piece.len());
        file.extend(piece);
    }
    (file, largest)
}

#[tokio::test]
async fn open_and_packed_days_leave_as_csv_and_as_parquet() {
    for test in engines().await {
        let room = Room::open(test);
        room.window.shelf().cards = vec![
            ("a".to_owned(), 1_000, 10),
            ("b".to_owned(), 2_000, 20),
            ("c".to_owned(), 3_000, 30),
        ];
        let id = room
            .research
            .put_source(&room.scope, &NewSource::category("Rims"))
            .await
            .unwrap();
        room.work().await;
        let first = room.research.look(&room.scope, &id).await.unwrap().snapshots[0].at;
        room.clock.push(Span::from_days(20));
        room.work().await;
        room.research.archive(&room.scope).await.unwrap();
        let last = room.research.look(&room.scope, &id).await.unwrap().snapshots[0].at;
        let question = |kind, from, to| ExportQuestion {
            source: None,
            from,
            to,
            kind,
        };
        let (csv, _) = whole(&room, &question(FileKind::Csv, first, last)).await;
        let csv = String::from_utf8(csv).unwrap();
        assert_eq!(csv.lines().count(), 1 + 2 * 3, "{csv}");
        assert!(
            csv.contains(&format!(
                "{},{id},Rims,2,b,card b,,2000,4800,20",
                first.rfc3339_almaty()
            )),
            "{csv}"
        );
        let (file, _) = whole(&room, &question(FileKind::Parquet, first, last)).await;
        let reader = SerializedFileReader::new(bytes::Bytes::from(file)).unwrap();
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 6);
        assert_eq!(rows[1].get_timestamp_micros(0).unwrap(), first.as_micros());
        assert_eq!(rows[1].get_string(5).unwrap(), "card b");
        assert!(rows[1].get_string(6).is_err(), "there is no brand");
        assert_eq!(
            (rows[1].get_int(3).unwrap(), rows[1].get_long(7).unwrap()),
            (2, 2_000)
        );
        let (one_day, _) = whole(&room, &question(FileKind::Csv, last, last)).await;
        assert_eq!(String::from_utf8(one_day).unwrap().lines().count(), 4);
        let wrong = room
            .research
            .export(&room.scope, &question(FileKind::Csv, last, first))
            .await
            .err()
            .unwrap();
        assert_eq!(wrong.kind(), Kind::Invalid);
        assert!(matches!(wrong, ResearchError::Days { .. }));
    }
}

#[tokio::test]
async fn a_long_file_leaves_in_small_pieces() {
    let room = Room::open(sqlite().await);
    let source = room
        .research
        .put_source(&room.scope, &NewSource::category("Rims"))
        .await
        .unwrap();
    let first = Timestamp::from_almaty(2026, 1, 1, 8, 0, 0).unwrap();
    for day in 0..100_i64 {
        let at = first.plus(Span::from_days(day));
        // 1 200 cards on each of a hundred days.
        sql!(
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1200) \
             INSERT INTO research_rows (merchant_id, source_id, day, at, card, place, price, rating_milli, reviews) \
             SELECT $1, $2, $3, $4, CAST(n AS TEXT), n, 1000 + n, 4800, n FROM n"
        )
        .bind(room.scope.merchant())
        .bind(&source)
        .bind(at.local_midnight())
        .bind(at)
        .run(&room.db)
        .await
        .unwrap();
    }
    sql!(
        "INSERT INTO research_cards (merchant_id, source_id, card, title, first_at, last_at) \
         SELECT DISTINCT merchant_id, source_id, card, 'Card ' || card, 0, 0 FROM research_rows"
    )
    .run(&room.db)
    .await
    .unwrap();
    let question = |kind| ExportQuestion {
        source: Some(source.clone()),
        from: first,
        to: first.plus(Span::from_days(99)),
        kind,
    };
    let (csv, largest) = whole(&room, &question(FileKind::Csv)).await;
    assert_eq!(csv.iter().filter(|byte| **byte == b'\n').count(), 120_001);
    assert!(largest < 250_000, "{largest} bytes of {} at once", csv.len());
    let (file, largest) = whole(&room, &question(FileKind::Parquet)).await;
    let reader = SerializedFileReader::new(bytes::Bytes::from(file)).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows(), 120_000);
    assert_eq!(
        reader.metadata().num_row_groups(),
        3,
        "groups of some fifty thousand"
    );
    assert!(largest < 3_000_000, "{largest}");
}
