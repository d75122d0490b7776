"""The wire on a real Apache Kafka cluster of three brokers: what is claimed of loss and failover is shown here."""
