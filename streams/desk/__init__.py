"""The live page: what the topics say → one page in a browser, as it happens. Decides no news, writes to no topic.

=============  ==================================================================================
entries        record → one version as a list shows it
copies         record of a copy → who carried which version, and when
families       versions and copies → one entry per story, folded; what is struck, what is pinned
window         a bounded window of families, and what moved in it with each record
ring           events with ids, the last of them kept for who comes back
vitals         last story per agency, rate and lag
differing      changes → lines of a comparison
reading        a family's records → the story as it is read, with its receipts
hub            window and ring, and who listens
measuring      hub → figures for Prometheus
following      topics → hub, on a thread of its own
serving        hub → HTTP on loopback
page           what the browser runs: hand-written modules and styles, nothing built
=============  ==================================================================================
"""
