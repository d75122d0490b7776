"""str → value. No news, no Kafka: decoding, spans, tokens, dates; refuses bytes it cannot own up to."""
