#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (fuzzed::named("request").read)(bytes));
