/** Lays out a flow beside the page, which stays in hand meanwhile. */
import { tidyPlaces, type TidyAsked } from "./tidy";

self.onmessage = ({ data: { flow, sizes } }: MessageEvent<TidyAsked>) => self.postMessage(tidyPlaces(flow, sizes));
