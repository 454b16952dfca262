//! Profit and turnover from real tables, on both engines.

#[cfg(test)]
mod desk;
#[cfg(test)]
mod profit;
