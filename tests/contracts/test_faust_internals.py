"""What streams/runtime leans on inside Faust and aiokafka. When one of these fails after an upgrade:

1. read the module named in the failure, and the place in Faust that it works around;
2. if Faust mended the fault, remove our work-around; if it moved, follow it;
3. run tests/integration twenty times over: the faults are races.
"""

from __future__ import annotations

import asyncio
import inspect
import re
from typing import Any

import aiokafka
import faust
from faust.channels import Channel
from faust.stores import memory, rocksdb
from faust.stores.base import Store
from faust.streams import Stream
from faust.tables.base import Collection
from faust.tables.recovery import Recovery
from faust.transport.base import Transport
from faust.transport.conductor import Conductor
from faust.transport.consumer import Consumer, ThreadDelegateConsumer
from faust.transport.drivers import aiokafka as driver
from faust.types import TP
from faust.types.tuples import ConsumerMessage, ack_lock
from mode import Service
from mode.utils.collections import ManagedUserDict
from mode.utils.queues import FlowControlQueue

from streams.runtime.batches import BatchConductor, BatchConsumer
from streams.runtime.durable import DurableTable
from streams.runtime.faults import FETCH_WAIT_ATTRIBUTE, MendedConsumer, MendedConsumerThread
from streams.runtime.transport import BatchTransport, RecordTransport

RAW = TP("wire.raw.v1", 0)


def parameters(function: Any) -> list[str]:
    return list(inspect.signature(function).parameters)


def test_the_release_that_this_was_read_in() -> None:
    assert faust.__version__.startswith("0.15."), "a new Faust: read this file's head"


def test_the_fetch_wait_is_where_we_put_it() -> None:
    async def attribute() -> bool:
        consumer = aiokafka.AIOKafkaConsumer(bootstrap_servers="127.0.0.1:1")
        return hasattr(consumer, FETCH_WAIT_ATTRIBUTE)

    assert asyncio.run(attribute())
    assert parameters(driver.AIOKafkaConsumerThread._create_consumer) == ["self", "loop"]
    assert "fetch_max_wait_ms=1500" in inspect.getsource(driver.AIOKafkaConsumerThread._create_worker_consumer), (
        "Faust no longer fixes the fetch wait: perhaps it is a setting now"
    )


def test_our_consumer_is_the_one_that_is_made() -> None:
    assert RecordTransport.Consumer is MendedConsumer
    assert issubclass(MendedConsumer, ThreadDelegateConsumer)
    assert "_new_consumer_thread" in vars(driver.Consumer)
    assert issubclass(MendedConsumerThread, driver.AIOKafkaConsumerThread)


def test_the_methods_that_we_override_have_kept_their_shape() -> None:
    assert parameters(ThreadDelegateConsumer._getmany) == ["self", "active_partitions", "timeout"]
    assert parameters(Consumer.on_partitions_assigned) == ["self", "assigned", "generation_id"]
    assert parameters(Consumer.resume_partitions) == ["self", "tps"]
    assert parameters(Consumer.perform_seek) == ["self"]
    assert parameters(Consumer._is_changelog_tp) == ["self", "tp"]


def test_faust_still_resumes_streams_before_it_seeks_them() -> None:
    source = inspect.getsource(Recovery.on_recovery_completed)
    assert source.index("resume_partitions") < source.index("perform_seek"), (
        "Faust seeks first now: the deferral in MendedConsumer.resume_partitions may go"
    )


def test_faust_still_reads_a_recovered_changelog_where_its_table_is_written_at_once() -> None:
    recovery = source(Recovery._restart_recovery.fun)
    ended = recovery.index("Done reading from changelog topics")
    assert ended < recovery.index("recovery_buffer_size == 1") < recovery.index("on_recovery_completed"), (
        "Faust leaves it alone now: see MendedConsumer._leave_out_changelogs"
    )
    assert "self.active_offsets" in source(Recovery._restart_recovery.fun)
    assert "table.persisted_offset(tp)" in source(Recovery._add)
    assert parameters(driver.AIOKafkaConsumerThread.on_start) == ["self"]
    assert "on_rebalance_start()" in source(driver.ConsumerRebalanceListener.on_partitions_revoked), (
        "a rebalance is counted before the next assignment is there: see MendedConsumerThread.leave_out"
    )


def test_tables_send_their_changelog_by_the_methods_that_we_leave_empty() -> None:
    assert parameters(faust.Table.on_key_set) == ["self", "key", "value"]
    assert parameters(faust.Table.on_key_del) == ["self", "key"]
    left_out = {"send_changelog", "partition_for_key", "_maybe_set_key_ttl", "_maybe_del_key_ttl"}
    for method in (faust.Table.on_key_set, faust.Table.on_key_del):
        asked = set(re.findall(r"self\.(\w+)\(", source(method)))
        assert "send_changelog" in asked
        assert asked - {"_sensor_on_set", "_sensor_on_del"} <= left_out, "see DurableTable.on_key_set"
    for dunder, told in ((ManagedUserDict.__setitem__, "on_key_set"), (ManagedUserDict.__delitem__, "on_key_del")):
        first, second, *more = source(dunder).splitlines()[1:]
        assert f"self.{told}(" in first
        assert "self.data[key]" in second
        assert not more
    assert {"on_key_set", "on_key_del"} <= set(vars(DurableTable))


def source(function: Any) -> str:
    return inspect.getsource(function)


def test_our_consumer_and_conductor_are_the_ones_that_are_made_for_batches() -> None:
    assert (BatchTransport.Consumer, BatchTransport.Conductor) == (BatchConsumer, BatchConductor)
    assert "self.Consumer(" in source(Transport.create_consumer)
    assert "self.Conductor(" in source(Transport.create_conductor)
    assert "transport.create_consumer(" in source(faust.App._new_consumer)
    assert "transport.create_conductor(" in source(faust.App._new_conductor)


def test_batches_override_what_is_there_with_the_same_parameters() -> None:
    theirs = {
        Consumer.getmany: ["self", "timeout"],
        Consumer._wait_next_records: ["self", "timeout"],
        Consumer._to_message: ["self", "tp", "record"],
        Consumer.ack: ["self", "message"],
        Consumer._filter_tps_with_pending_acks: ["self", "topics"],
        Consumer._new_offset: ["self", "tp"],
        Consumer._add_gap: ["self", "tp", "offset_from", "offset_to"],
        Consumer.on_partitions_revoked: ["self", "revoked"],
        Conductor._build_handler: ["self", "tp", "channels"],
    }
    for function, expected in theirs.items():
        assert parameters(function) == expected, f"{function.__qualname__} moved: see streams/runtime/batches.py"
    for ours in (BatchConsumer, BatchConductor):
        for name, made in vars(ours).items():
            if inspect.isfunction(made) and (theirs_now := getattr(ours.__mro__[1], name, None)) and name != "__init__":
                assert parameters(made) == parameters(theirs_now), f"{ours.__name__}.{name}"


def test_a_fetch_is_read_one_by_one_from_getmany_and_its_position_kept() -> None:
    drain = source(Consumer._drain_messages)
    assert "getmany(timeout=1.0)" in drain
    assert "async for tp, message in ait" in drain
    assert "set_read_offset(tp, offset)" in drain, "the position of a batch is its last record's offset"
    assert "offset >= r_offset" in drain, "a batch after a seek is not taken for one already read"
    assert "return records, active_partitions" in source(Consumer._wait_next_records)


def test_commits_ask_where_a_partition_stands_by_the_methods_that_we_answer() -> None:
    assert "self._filter_tps_with_pending_acks(topics)" in source(Consumer.force_commit)
    assert "self._new_offset(tp)" in source(Consumer._filter_committable_offsets)
    assert "self._should_commit(tp, offset)" in source(Consumer._filter_committable_offsets)
    assert "tp in assignment" in source(Consumer._commit_offsets), "what was revoked is not committed"


def test_shutdown_and_rebalance_wait_for_the_messages_that_we_take_off_the_list() -> None:
    waiting = source(Consumer.wait_empty)
    assert "self._unacked_messages" in waiting
    assert "self._wait_for_ack" in waiting
    assert "self._waiting_for_ack = asyncio.Future" in source(Consumer._wait_for_ack)
    assert "commit_and_end_transactions" in waiting, "what was drained is committed"
    revoked = source(faust.App._on_partitions_revoked)
    assert revoked.index("flow_control.clear") < revoked.index("_consumer_wait_empty"), (
        "the next batch is dropped first"
    )
    stopping = source(faust.App.on_stop)
    assert "_stop_consumer" in stopping
    assert "wait_empty" in source(faust.App._consumer_wait_empty)


def test_the_generation_changes_before_anyone_is_told_of_an_assignment() -> None:
    told = source(driver.ConsumerRebalanceListener.on_partitions_assigned)
    assert told.index("consumer_generation_id = generation") < told.index("_thread.on_partitions_assigned("), (
        "a batch of the last assignment would count in the new one: see BatchConsumer.ack"
    )


def test_streams_skip_batches_of_an_earlier_generation_and_track_the_others() -> None:
    stream = source(Stream._py_aiter)
    assert "message.generation_id != self.app.consumer_generation_id" in stream
    assert "message.tracked = True" in stream
    assert "add_unacked(message)" in stream


def test_a_message_is_made_and_acknowledged_as_we_do_it() -> None:
    made = ConsumerMessage("t", 0, 7, 1.0, 0, None, None, [1], None, 0, 0, RAW, generation_id=3)
    assert (made.topic, made.partition, made.offset, made.value) == ("t", 0, 7, [1])
    assert (made.tp, made.generation_id, made.acked, made.tracked) == (RAW, 3, False, False)
    acknowledged: list[Any] = []

    class Taker:
        def ack(self, message: Any) -> bool:
            acknowledged.append(message)
            return True

    made.incref(1)
    taker: Any = Taker()
    assert made.ack(taker)
    assert acknowledged == [made]
    assert hasattr(ack_lock, "acquire")


def test_the_conductor_asks_for_one_handler_a_partition_and_channels_take_events() -> None:
    assert "self._build_handler(" in source(Conductor)
    assert parameters(faust.App.create_event) == ["self", "key", "value", "headers", "message"]
    assert parameters(Channel.put) == ["self", "value"]
    assert "flow_control.acquire" in source(FlowControlQueue.put)


def test_copy_is_read_when_tables_have_ended_their_recovery_and_a_rebalance_ends_after_that() -> None:
    end = source(Recovery.on_recovery_completed)
    assert end.index("table.on_recovery_completed(") < end.index("asyncio.wait(callback_coros)")
    assert end.index("asyncio.wait(callback_coros)") < end.index("resume_partitions") < end.index("on_rebalance_end()")
    assert parameters(Collection.on_recovery_completed) == ["self", "active_tps", "standby_tps"]
    assert "self.rebalancing_count += 1" in source(faust.App.on_rebalance_start)
    slurp = source(Recovery._slurp_changelogs.fun)
    assert "if len(buf) >= bufsize:" in slurp, "a batch of a changelog is written when it comes: recovery_buffer_size 1"
    assert parameters(Collection.apply_changelog_batch) == ["self", "batch"]
    for written in (memory.Store._create_batch_iterator, rocksdb.Store.apply_changelog_batch):
        asked = set(re.findall(r"(?:event|message|msg)\.(\w+)", source(written)))
        assert asked - {"message"} <= {"tp", "offset", "partition", "key", "value"}, "see durable._Change"
    assert parameters(rocksdb.Store._dbs_for_actives) == ["self"]
    assert parameters(rocksdb.Store._visible_items) == ["self", "db"]
    assert "set_persisted_offset" in dir(Store)


def test_the_end_of_the_app_comes_after_the_end_of_its_services() -> None:
    stop = source(Service.stop)
    assert stop.index("on_stop()") < stop.index("_stop_children()") < stop.index("on_shutdown()"), (
        "our producer must outlive the last delivery: see WireApp.on_shutdown"
    )


def test_what_a_worker_says_of_itself_is_read_where_faust_keeps_it() -> None:
    """See streams/runtime/vitals.py and lastresort.py."""
    assert "self._committed_offset.update(committable_offsets)" in source(Consumer)
    assert "self._unacked_messages = WeakSet()" in source(Consumer)
    assert "self.rebalancing = True" in source(faust.App.on_rebalance_start)
    assert "self.completed.set()" in source(Recovery)
    assert "self.app.in_recovery = True" in source(Recovery)
    read_back = source(Recovery)
    assert "active_offsets = self.active_offsets" in read_back, "how far it is, by changelog partition"
    assert "offsets[tp] = offset" in read_back
    assert "self.active_tps.add(tp)" in read_back
    assert parameters(Service.stop) == ["self"]
    stop = source(Service.stop)
    assert stop.index("self._stopped_set()") < stop.index("self.on_stop()") < stop.index("self.on_shutdown()"), (
        "should_stop is true, and the last resort armed, before the first thing that is waited for"
    )
