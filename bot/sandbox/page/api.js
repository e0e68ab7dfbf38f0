// The control API of the sandbox, and what the demo adds to it.

async function ask(path, body) {
  const how = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(path, how);
  if (!response.ok) throw new Error((await response.json().catch(() => ({}))).error ?? response.statusText);
  return response.json();
}

export const get = (path) => ask(path);

/** One verb of a person, a clock or bad luck; its result. */
export const sim = async (verb, body = {}) => (await ask(`/sim/${verb}`, body)).result;

export const demo = (what, body) => ask(`/demo/${what}`, body);

const handlers = new Map();

/** Call `handler` with the facts of each such event. */
export function on(event, handler) {
  if (!handlers.has(event)) handlers.set(event, new Set());
  handlers.get(event).add(handler);
}

export function tell(event, facts) {
  handlers.get(event)?.forEach((handler) => handler(facts));
}

/** Hear what happens from now on. After a gap in the line, "gap" is told: what was missed must be asked for. */
export function listen() {
  let broken = false;
  // What bots call and are handed is most of the traffic, and not for a phone's eyes.
  const source = new EventSource("/sim/events?skip=call,update,poll,delivered,undelivered");
  source.onmessage = ({ data }) => {
    const facts = JSON.parse(data);
    tell(facts.event, facts);
  };
  source.onerror = () => {
    broken = true;
    tell("line", { up: false });
  };
  return new Promise((resolve) => {
    source.onopen = () => {
      tell("line", { up: true });
      if (broken) tell("gap");
      broken = false;
      resolve();
    };
  });
}
