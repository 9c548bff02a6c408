// Runs before the page's own scripts: keeps the longest time between two frames, and what each change of the queue
// costs the page until it could be painted.
const pace = { longest: 0, last: performance.now(), first: null, updates: [] };
window.pace = pace;

const frame = () => {
  const now = performance.now();
  pace.longest = Math.max(pace.longest, now - pace.last);
  pace.last = now;
  if (pace.first === null && document.querySelector(".tile")) pace.first = now;
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);

class Timed extends EventSource {
  set onmessage(handler) {
    super.onmessage = async (message) => {
      const began = performance.now();
      handler(message);
      // What the handler put off to the end of the task.
      await null;
      await null;
      void document.body.offsetHeight;
      const event = JSON.parse(message.data);
      if (event.is === "queue" && event.with.progress.length > 0) pace.updates.push(performance.now() - began);
    };
  }
}
window.EventSource = Timed;
