//! A Parquet file that is written group by group. Refuses to hold more than one group of rows.

use super::MarketRow;
use crate::ResearchError;
use ::parquet::{
    basic::{Compression, ZstdLevel},
    column::writer::ColumnWriter,
    data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::parser::parse_message_type,
};
use std::{
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};

/// Rows of a group: a few megabytes in memory.
const GROUP: usize = 50_000;

/// Prices are whole tenge, ratings thousandths of a star; times are UTC.
const SHAPE: &str = "message market {
    REQUIRED INT64 at (TIMESTAMP(MICROS, true));
    REQUIRED BYTE_ARRAY source (STRING);
    REQUIRED BYTE_ARRAY source_title (STRING);
    REQUIRED INT32 place;
    REQUIRED BYTE_ARRAY card (STRING);
    REQUIRED BYTE_ARRAY title (STRING);
    OPTIONAL BYTE_ARRAY brand (STRING);
    OPTIONAL INT64 price;
    OPTIONAL INT32 rating_milli;
    OPTIONAL INT32 reviews;
}";

/// What was written and has not left yet.
#[derive(Clone, Default)]
struct Drain(Arc<Mutex<Vec<u8>>>);

impl Drain {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Drain {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A file under way.
pub(super) struct Sheet {
    drain: Drain,
    writer: SerializedFileWriter<Drain>,
    rows: Vec<MarketRow>,
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
fn broken(error: ParquetError) -> ResearchError {
    ResearchError::File {
        line: 0,
        value: error.to_string(),
    }
}

impl Sheet {
    pub(super) fn begin() -> Result<Self, ResearchError> {
        let shape = Arc::new(parse_message_type(SHAPE).map_err(broken)?);
        let packing = Compression::ZSTD(ZstdLevel::try_new(3).map_err(broken)?);
        let properties = WriterProperties::builder().set_compression(packing).build();
        let drain = Drain::default();
        Ok(Self {
            writer: SerializedFileWriter::new(drain.clone(), shape, Arc::new(properties)).map_err(broken)?,
            drain,
            rows: Vec::new(),
        })
    }

    /// Takes rows; gives what can leave, which is nothing until a group is full.
    pub(super) fn add(&mut self, rows: Vec<MarketRow>) -> Result<Vec<u8>, ResearchError> {
        self.rows.extend(rows);
        if self.rows.len() >= GROUP {
            self.group().map_err(broken)?;
        }
        Ok(self.drain.take())
    }

    /// The last group and the end of the file.
    pub(super) fn end(mut self) -> Result<Vec<u8>, ResearchError> {
        if !self.rows.is_empty() {
            self.group().map_err(broken)?;
        }
        self.writer.close().map_err(broken)?;
        Ok(self.drain.take())
    }

    fn group(&mut self) -> Result<(), ParquetError> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.writer.next_row_group()?;
        let small = |value: i64| i32::try_from(value).unwrap_or(i32::MAX);
        let text = |text: &str| ByteArray::from(text);
        required::<Int64Type>(&mut group, rows.iter().map(|row| row.at.as_micros()))?;
        required::<ByteArrayType>(&mut group, rows.iter().map(|row| text(&row.source)))?;
        required::<ByteArrayType>(&mut group, rows.iter().map(|row| text(&row.source_title)))?;
        required::<Int32Type>(&mut group, rows.iter().map(|row| small(row.place)))?;
        required::<ByteArrayType>(&mut group, rows.iter().map(|row| text(&row.card)))?;
        required::<ByteArrayType>(&mut group, rows.iter().map(|row| text(&row.title)))?;
        optional::<ByteArrayType>(&mut group, rows.iter().map(|row| row.brand.as_deref().map(text)))?;
        optional::<Int64Type>(&mut group, rows.iter().map(|row| row.price.map(|price| price.0)))?;
        optional::<Int32Type>(&mut group, rows.iter().map(|row| row.rating_milli.map(small)))?;
        optional::<Int32Type>(&mut group, rows.iter().map(|row| row.reviews.map(small)))?;
        group.close()?;
        Ok(())
    }
}

type Group<'a> = SerializedRowGroupWriter<'a, Drain>;

fn required<T: Column>(
    group: &mut Group<'_>,
    values: impl Iterator<Item = T::T>,
) -> Result<(), ParquetError> {
    let values: Vec<T::T> = values.collect();
    write::<T>(group, &values, None)
}

fn optional<T: Column>(
    group: &mut Group<'_>,
    values: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut kept, mut levels) = (Vec::new(), Vec::new());
    for value in values {
        levels.push(i16::from(value.is_some()));
        kept.extend(value);
    }
    write::<T>(group, &kept, Some(&levels))
}

fn write<T: Column>(
    group: &mut Group<'_>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let mut column = group
        .next_column()?
        .ok_or_else(|| ParquetError::General("more columns than the shape has".to_owned()))?;
    T::write(column.untyped(), values, levels)?;
    column.close()
}

/// A column of one type of values.
trait Column: DataType {
    fn write(
        column: &mut ColumnWriter<'_>,
        values: &[Self::T],
        levels: Option<&[i16]>,
    ) -> Result<(), ParquetError>;
}

fn another() -> ParquetError {
    ParquetError::General("a column of another type".to_owned())
}

macro_rules! column {
    ($type:ty, $variant:ident) => {
        impl Column for $type {
            fn write(
                column: &mut ColumnWriter<'_>,
                values: &[Self::T],
                levels: Option<&[i16]>,
            ) -> Result<(), ParquetError> {
                let ColumnWriter::$variant(writer) = column else {
                    return Err(another());
                };
                writer.write_batch(values, levels, None)?;
                Ok(())
            }
        }
    };
}
column!(Int32Type, Int32ColumnWriter);
column!(Int64Type, Int64ColumnWriter);
column!(ByteArrayType, ByteArrayColumnWriter);
