import type { Point } from "../model/storedFlow";
import { guessedSize } from "./guessedSize";
import { tidyPlaces, type TidyAsked } from "./tidy";

/** Places for a tidy flow. The page stays in hand meanwhile, unless the browser has no workers. */
export async function tidyInBackground({ flow: { start, nodes, edges }, sizes: seen }: TidyAsked): Promise<Map<string, Point>> {
  const sizes = new Map([...nodes.map((step) => [step.id, guessedSize(step)] as const), ...seen]);
  // What a node says takes no room in a message: its place is all that is asked for.
  const asked: TidyAsked = { flow: { start, nodes: nodes.map(({ id, type }) => ({ id, type, data: {} })), edges }, sizes };
  try {
    return await askWorker(asked);
  } catch {
    return tidyPlaces(asked.flow, asked.sizes);
  }
}

function askWorker(asked: TidyAsked): Promise<Map<string, Point>> {
  const worker = new Worker(new URL("./tidyWorker.ts", import.meta.url), { type: "module" });
  const done = new Promise<Map<string, Point>>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Map<string, Point>>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.postMessage(asked);
  return done.finally(() => worker.terminate());
}
