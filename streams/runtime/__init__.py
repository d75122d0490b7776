"""The Faust app, tables, delivery, dead letters, health, topics, embedded broker. Knows no news."""
