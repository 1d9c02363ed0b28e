//! One small case for each rule.
