// The server's events → the stories here. Comes back by itself, with the id of the last event it had: nothing is missed.

const SILENT_MS = 8000; // the server says how the feeds are every two seconds: so long without it, the line is dead
const AGAIN_MS = 1000;

export class Wire {
  /** `on`: { all(snapshot), story(event), health(health), state("live" | "waiting") }. */
  constructor(on) {
    this.on = on;
    this.last = "";
    this.source = null;
    this.heard = 0;
    setInterval(() => this.watch(), 1000);
  }

  /** Get everything, then follow. */
  async start() {
    this.close();
    let snapshot = null;
    while (snapshot === null) {
      try {
        const answer = await fetch("/snapshot", { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(`snapshot: ${answer.status}`);
        snapshot = await answer.json();
      } catch (error) {
        console.warn("no snapshot yet", error);
        this.on.state("waiting");
        await new Promise((done) => setTimeout(done, AGAIN_MS));
      }
    }
    this.last = snapshot.at;
    this.on.all(snapshot);
    this.follow();
  }

  close() {
    this.source?.close();
    this.source = null;
  }

  follow(again = "") {
    this.close();
    this.heard = Date.now();
    const source = new EventSource(`/events?after=${encodeURIComponent(this.last)}${again}`);
    this.source = source;
    source.onerror = () => {
      this.on.state("waiting");
      if (source.readyState === EventSource.CLOSED && this.source === source) {
        setTimeout(() => this.source === source && this.follow("&again"), AGAIN_MS);
      }
    };
    source.addEventListener("story", (event) => {
      this.heard = Date.now();
      this.last = event.lastEventId;
      this.on.story(JSON.parse(event.data));
    });
    source.addEventListener("health", (event) => {
      this.heard = Date.now();
      this.on.state("live");
      this.on.health(JSON.parse(event.data));
    });
    source.addEventListener("stale", () => this.start());
  }

  watch() {
    if (this.source !== null && Date.now() - this.heard > SILENT_MS) {
      this.on.state("waiting");
      this.follow("&again");
    }
  }
}
